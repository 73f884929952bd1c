"""Every service that takes drafts: accepted as it documents, one draft an issue, never sent, whatever goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pipeline.article import Article
from pipeline.errors import ConfigError, PublishError
from pipeline.publish import Edition, Receipt, Uncertain
from pipeline.publish.journal import FILE, SqliteJournal
from tests.issue.samples import ENGLISH, KOREAN
from tests.publish.desk import ISSUE, Clock, edited, edition
from tests.publish.services.stubs.all import CASES, Case
from tests.publish.services.stubs.stub import Reply, Stub

_CASES = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    with SqliteJournal(tmp_path / FILE) as made:
        yield made


Issues = Callable[..., Edition]


@pytest.fixture(scope="module")
def issues(tmp_path_factory: pytest.TempPathFactory) -> Issues:
    """Issues, each written once for all tests."""
    folder = tmp_path_factory.mktemp("issues")

    @cache
    def made(*articles: Article, issue_id: str = ISSUE, title: str = "World Brief") -> Edition:
        return edition(folder / f"{made.cache_info().misses}", *articles, issue_id=issue_id, title=title)

    return made


@pytest.fixture(scope="module")
def issue(issues: Issues) -> Edition:
    return issues()


def publish(
    case: Case, stub: Stub, issue: Edition, journal: SqliteJournal, clock: Clock | None = None, secret: str = ""
) -> Receipt:
    return case.target(stub, case.means(clock, secret=secret)).publish(issue, journal)


@_CASES
def test_a_draft_is_made_once_as_documented(case: Case, issue: Edition, journal: SqliteJournal) -> None:
    with case.stub().running() as stub:
        first = publish(case, stub, issue, journal)
        asked = len(stub.requests)
        second = publish(case, stub, issue, journal)
    assert stub.refused == []
    assert len(case.drafts(stub)) == 1
    assert case.drafts(stub)[0]["status"] == case.state
    assert first.url.startswith("http")
    draft = case.drafts(stub)[0]
    assert first.url.endswith(str(draft.get("web_id", draft["id"])).removeprefix("post_") + case.end)
    assert (second.url, len(stub.requests)) == (first.url, asked)
    subject, *bodies = case.bodies(stub)
    assert subject == "World Brief, 4 February 2026"
    assert any("Reservoirs in northern Kenya" in body for body in bodies)


@_CASES
def test_a_changed_issue_changes_its_draft(case: Case, issues: Issues, journal: SqliteJournal) -> None:
    with case.stub().running() as stub:
        publish(case, stub, issues(ENGLISH, KOREAN), journal)
        made = dict(case.drafts(stub)[0])
        changed = issues(edited(ENGLISH, "Reservoirs run dry"), KOREAN)
        receipt = publish(case, stub, changed, journal)
    assert stub.refused == []
    assert [draft["id"] for draft in case.drafts(stub)] == [made["id"]]
    assert case.drafts(stub)[0]["status"] == case.state
    assert "changed" in receipt.detail
    assert any("Reservoirs run dry" in body for body in case.bodies(stub))


@_CASES
def test_another_issue_is_another_draft(case: Case, issues: Issues, journal: SqliteJournal) -> None:
    with case.stub().running() as stub:
        for name in ("2026-02-04", "2026-02-05", "2026-02-06"):
            publish(case, stub, issues(issue_id=name), journal)
        publish(case, stub, issues(issue_id="2026-02-04", title="Africa"), journal)
        # The first one is no longer on the first page.
        publish(case, stub, issues(ENGLISH, issue_id="2026-02-04"), journal)
    assert stub.refused == []
    assert len(case.drafts(stub)) == 4


@_CASES
def test_an_answer_that_never_comes_makes_no_second_draft(case: Case, issue: Edition, journal: SqliteJournal) -> None:
    with case.stub().running() as stub:
        stub.lost = ["POST"]
        with pytest.raises(Uncertain, match="may have arrived"):
            publish(case, stub, issue, journal)
        assert len(case.drafts(stub)) == 1
        receipt = publish(case, stub, issue, journal)
    assert stub.refused == []
    assert len(case.drafts(stub)) == 1
    assert "changed" in receipt.detail


@_CASES
def test_what_was_sent_since_is_left_alone(case: Case, issues: Issues, journal: SqliteJournal) -> None:
    with case.stub().running() as stub:
        publish(case, stub, issues(ENGLISH), journal)
        case.drafts(stub)[0]["status"] = case.sent
        before, written = dict(case.drafts(stub)[0]), len(stub.methods()) - stub.methods().count("GET")
        with pytest.raises(PublishError, match=f"no draft any more.*{case.sent}.*nothing was changed"):
            publish(case, stub, issues(edited(ENGLISH, "Other")), journal)
    assert dict(case.drafts(stub)[0]) == before
    assert len(stub.methods()) - stub.methods().count("GET") == written


@_CASES
def test_a_wrong_key_is_told_without_the_key(case: Case, issue: Edition, journal: SqliteJournal) -> None:
    secret = {"ghost": "6489ad0f4b5f2d0001a1b2c3:" + "ab" * 32, "mailchimp": "fedcba9876543210-us21"}
    wrong = secret.get(case.name, "wrong-key-0123456789")
    with case.stub().running() as stub:
        with pytest.raises(PublishError, match=case.variable) as error:
            publish(case, stub, issue, journal, secret=wrong)
        assert wrong not in str(error.value)
        assert case.drafts(stub) == []
        # With the right one it is made, without a word more.
        publish(case, stub, issue, journal)
    assert len(case.drafts(stub)) == 1


@_CASES
def test_without_a_key_nothing_is_asked(case: Case, issue: Edition, journal: SqliteJournal) -> None:
    with case.stub().running() as stub:
        target = case.target(stub, Clock().means())
        for work in (target.preview, target.publish):
            with pytest.raises(ConfigError, match=case.variable):
                work(issue, journal)
    assert stub.requests == []


@_CASES
def test_what_would_be_done_is_told_without_a_connection(case: Case, issue: Edition, journal: SqliteJournal) -> None:
    with case.stub().running() as stub:
        said = case.target(stub, case.means()).preview(issue, journal)
    assert stub.requests == []
    assert "draft" in said[0]
    assert "subject: World Brief, 4 February 2026" in said
    assert case.secret not in "\n".join(said)


@_CASES
def test_a_busy_service_is_given_the_time_it_asks_for(case: Case, issue: Edition, journal: SqliteJournal) -> None:
    clock = Clock()
    with case.stub().running() as stub:
        stub.faults = [Reply(429, {"detail": "slow down"}, {"Retry-After": "17"})]
        publish(case, stub, issue, journal, clock)
    assert len(case.drafts(stub)) == 1
    assert clock.slept[0] >= 17


@_CASES
def test_a_service_that_stays_busy_is_left(case: Case, issue: Edition, journal: SqliteJournal) -> None:
    with case.stub().running() as stub:
        stub.faults = [Reply(429, {"detail": "slow down"}, {"Retry-After": "3600"})]
        with pytest.raises(PublishError, match=r"3600 seconds.*nothing"):
            publish(case, stub, issue, journal)
        assert len(stub.requests) == 1
        publish(case, stub, issue, journal)
    assert len(case.drafts(stub)) == 1


@_CASES
def test_a_failing_service_leaves_no_second_draft(case: Case, issue: Edition, journal: SqliteJournal) -> None:
    with case.stub().running() as stub:
        stub.faults = [Reply(502, "<html>sorry</html>")] * 4
        with pytest.raises(PublishError, match="nothing was changed"):
            publish(case, stub, issue, journal)
        assert case.drafts(stub) == []
        publish(case, stub, issue, journal)
    assert len(case.drafts(stub)) == 1


@_CASES
@pytest.mark.parametrize(
    "answer", ["<html>welcome</html>", [], {"data": {}, "posts": {}}], ids=["page", "list", "other"]
)
def test_another_program_at_the_address_gets_nothing(
    case: Case, answer: object, issue: Edition, journal: SqliteJournal
) -> None:
    with case.stub().running() as stub:
        stub.faults = [Reply(200, answer)] * 4
        with pytest.raises(PublishError, match="nothing was"):
            publish(case, stub, issue, journal)
        assert case.drafts(stub) == []
        assert set(stub.methods()) == {"GET"}


@_CASES
def test_nobody_there(case: Case, issue: Edition, journal: SqliteJournal) -> None:
    with case.stub().running() as stub:
        pass
    with pytest.raises(PublishError, match="cannot be reached"):
        publish(case, stub, issue, journal)


@_CASES
def test_an_address_without_tls_is_refused(case: Case, issue: Edition, journal: SqliteJournal) -> None:
    stub = case.stub()
    stub.url = "http://lists.example.org"
    with pytest.raises(ConfigError, match=rf"publish\.{case.name}\.url: use https"):
        publish(case, stub, issue, journal)


@_CASES
def test_a_format_that_is_missing_is_named(case: Case, issue: Edition, journal: SqliteJournal) -> None:
    name, file = ("markdown", "digest.md") if case.name == "buttondown" else ("email", "digest.eml")
    without = replace(issue, files={key: data for key, data in issue.files.items() if key != file})
    with case.stub().running() as stub:
        target = case.target(stub, case.means())
        for work in (target.preview, target.publish):
            with pytest.raises(ConfigError, match=rf"{file}: is not there; name '{name}' in issue\.formats"):
                work(without, journal)
    assert stub.requests == []
