"""The training cases: what each teaches, and a button that opens its finished review."""


def draw() -> None: ...
