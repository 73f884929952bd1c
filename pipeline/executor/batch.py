"""A batch through a stage, whatever it raises."""

from __future__ import annotations

from typing import Any

from pipeline.errors import ArticleError, BackendError, ConfigError
from pipeline.executor.breaker import Breaker, Broken, spread
from pipeline.stages import ALONE, Desk, Stage


def processed(
    stage: Stage[Any, Any], values: list[Any], desk: Desk = ALONE, breaker: Breaker | None = None
) -> list[Any]:
    """Process a batch; where an unforeseen error breaks it, process its members one by one to find the culprit.

    Raises:
        Broken: the breaker says that it is not the members.
    """
    try:
        results = list(stage.process(values, desk))
    except (BackendError, ConfigError):
        raise
    except Exception as error:
        if len(values) == 1:
            return [_fault(stage, error, breaker)]
        return _one_by_one(stage, values, desk, breaker)
    if len(results) != len(values):
        raise AssertionError(f"stage {stage.name} gave {len(results)} results for {len(values)} inputs")
    if breaker and not all(isinstance(result, ArticleError) for result in results):
        breaker.worked(stage.name)
    return results


def _one_by_one(stage: Stage[Any, Any], values: list[Any], desk: Desk, breaker: Breaker | None) -> list[Any]:
    results: dict[int, Any] = {}
    for index in spread(len(values)):
        try:
            (results[index],) = processed(stage, [values[index]], desk, breaker)
        except Broken as broken:
            in_vain = [at for at, result in results.items() if isinstance(result, ArticleError)]
            raise Broken(broken.message, results, [*in_vain, index]) from None
    return [results[index] for index in range(len(values))]


def _fault(stage: Stage[Any, Any], error: Exception, breaker: Breaker | None) -> ArticleError:
    if isinstance(error, ArticleError):
        return error
    if breaker and breaker.failed(stage.name, error):
        raise Broken(breaker.message(stage.name, error), {}, [0])
    return unforeseen(stage, error)


def unforeseen(stage: Stage[Any, Any], error: Exception) -> ArticleError:
    """What is said of an article that breaks a stage."""
    return ArticleError("internal", f"unexpected {type(error).__name__} in the {stage.name} stage: {error}")
