"""One delivery that is made once: what all targets share that hand over an issue in one step."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.errors import PublishError
from pipeline.publish import Declined, Edition, Journal, Receipt, Uncertain
from pipeline.publish.means import Means


def once(
    target: str,
    edition: Edition,
    journal: Journal,
    means: Means,
    send: Callable[[], Receipt],
    *,
    repeatable: bool = False,
    key: str = "",
) -> Receipt:
    """Send the edition unless it was sent before, and write down what came of it.

    Args:
        send: raises `Uncertain`, `Declined` or another `PublishError`; the journal is kept accordingly. Whoever dies
            in it leaves the delivery begun.
        repeatable: the other side knows a repeat by its key, so what was begun is simply sent again.
        key: what the journal knows the delivery by; "" is the hash, the id of the issue stands for corrected texts too.

    Raises:
        Uncertain: it was begun before and nobody knows what came of it.
        Declined: it was refused before.
        PublishError: whatever `send` raises.
    """
    key = key or edition.sha256
    before = journal.entry(target, key)
    asked = "all" in means.resend or target in means.resend
    if before.status == "sent" and not means.again:
        return Receipt(detail=f"sent before, {before.when}: nothing to do", url=before.detail, new=False)
    if before.status == "begun" and not (repeatable or asked):
        raise Uncertain(
            f"{target}: was begun {before.when}, and no answer came: look whether it is there; "
            f"if it is not, `--resend-uncertain {target}` sends it again"
        )
    if before.status == "refused" and not means.again:
        raise Declined(f"{target}: was refused {before.when} ({before.detail}); `--again` tries once more")
    journal.begin(target, key, again=before.status != "")
    try:
        receipt = send()
    except Uncertain:
        raise
    except Declined as error:
        journal.end(target, key, status="refused", detail=str(error))
        raise
    except PublishError:
        # What may have arrived before stays uncertain.
        journal.end(target, key, status="begun" if before.status == "begun" else "")
        raise
    journal.end(target, key, detail=receipt.url)
    return receipt
