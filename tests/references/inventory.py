class OutOfStockError(LookupError):
    pass


class Inventory:
    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def add(self, name: str, count: int) -> None:
        if count < 1:
            raise ValueError(count)
        self.counts[name] = self.count(name) + count

    def take(self, name: str, count: int) -> None:
        if count > self.count(name):
            raise OutOfStockError(name)
        self.counts[name] -= count

    def count(self, name: str) -> int:
        return self.counts.get(name, 0)

    def items(self) -> list[tuple[str, int]]:
        return sorted((name, count) for name, count in self.counts.items() if count)
