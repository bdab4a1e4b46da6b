"""The table of provider shapes: tokens that are known by their look alone.

Adding a rule is adding a row to the module of its family; `base.Rule` is the row. It holds

- `id`       the label in the mark `[REDACTED:id#n]`; lower case and dashes only
- `what`     one phrase for the report
- `keywords` literals, one of which must stand in the text before the pattern is tried at all; the
             rarer, the faster. Empty when there is none: then the pattern itself joins the prefilter
- `pattern`  the shape, of characters that `detect` takes for a token's and 18 or more of them. A
             group named `value` narrows what is taken out. `LEFT` and `RIGHT` are its edges; there
             is no other look-around, no backreference and no possessive repeat, so that
             every engine reads it alike. No repeat stands inside another, nor beside one that
             takes the same characters without end, so no text makes it slow
- `example`  must match; `counter` must not. Both are recipes (`ghp_<an:30><crc:6>`, see
             `recipes`), so that no file holds anything that looks like a key
- `source`   where the shape is documented
- `check`    a last look at the value: no placeholder, as a rule. A checksum never clears a value:
             a mistyped key is still most of a key
- `sure`     False keeps the server from refusing an upload for it

Left out on purpose, as they open nothing: publishable keys (`pk_live_`, `sb_publishable_`,
`phc_`, `mob-`, Mapbox `pk.`), client ids, DSNs, public keys, certificates.
"""

from . import clouds, data, forges, hosting, messaging, models, payments, work
from .base import Rule

__all__ = ["RULES", "Rule"]

RULES: tuple[Rule, ...] = (
    *clouds.RULES,
    *hosting.RULES,
    *forges.RULES,
    *models.RULES,
    *messaging.RULES,
    *payments.RULES,
    *data.RULES,
    *work.RULES,
)
