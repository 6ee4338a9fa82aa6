"""Room for frames: calls that go deep again and again ask the system for no memory."""

import resource

from tests.frames import roomy


def deeper(levels: int) -> int:
    return 1 + deeper(levels - 1) if levels else 0


def again_and_again(levels: int) -> int:
    """Down to this depth, from which one more call is made many times; how often the system had to give memory."""
    if levels:
        return again_and_again(levels - 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(500):
        deeper(1)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_what_was_given_comes_in_and_what_was_found_comes_out() -> None:
    assert roomy(divmod)(7, 2) == (3, 1)
    assert roomy(int)("11", base=2) == 3


def test_at_no_depth_memory_comes_and_goes() -> None:
    inside = roomy(lambda: max(again_and_again(levels) for levels in range(300)))
    inside()  # where its frames lie has been used once
    assert inside() < 500
