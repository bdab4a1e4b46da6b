"""The command line client: finds, redacts, sends and takes back sessions."""
