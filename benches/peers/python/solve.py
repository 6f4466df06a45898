"""Solves one market by OR-Tools or scipy, as often as it is told to.

    solve.py FILE METHOD UNIT

FILE is a market as `src/merged.rs` writes it, METHOD is `ortools` (SimpleMinCostFlow) or `scipy`
(min_weight_full_bipartite_matching), UNIT is the weight of one standing over the next. Each line on the input builds
the problem, solves it, and answers with one line of JSON.
"""

import json
import sys
from time import perf_counter

import numpy as np


class Market:
    """The file's arrays, and the arcs they stand for: one for each group and choice."""

    def __init__(self, path):
        words = np.fromfile(path, dtype="<u4").astype(np.int64)
        places, lists, choices, groups, self.classes = (int(word) for word in words[:5])
        parts = np.cumsum([5, places, lists + 1, choices, choices, groups, groups, groups])
        self.capacity, starts, choice_place, choice_cost, group_list, self.standing, self.count = (
            words[start:end] for start, end in zip(parts, parts[1:])
        )
        lengths = (starts[1:] - starts[:-1])[group_list]
        self.group = np.repeat(np.arange(groups), lengths)
        within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        choice = np.repeat(starts[:-1][group_list], lengths) + within
        self.place, self.cost = choice_place[choice], choice_cost[choice]

    def answer(self, seats, start, ready, end):
        """`seats` are people on each arc."""
        seated = np.bincount(self.standing[self.group], weights=seats, minlength=self.classes)
        return {
            "solve_ms": (end - ready) * 1000,
            "total_ms": (end - start) * 1000,
            "cost": int(np.dot(seats, self.cost)),
            "seated": [int(many) for many in seated],
        }


def by_ortools(market, unit):
    """Groups supply, the sink takes everybody: by a place, or straight at the weight of the group's standing."""
    from ortools.graph.python import min_cost_flow

    start = perf_counter()
    groups, places, people = len(market.count), len(market.capacity), int(market.count.sum())
    sink = groups + places
    flow = min_cost_flow.SimpleMinCostFlow()
    weights = (market.classes - market.standing) * unit
    everyone, zeros = np.full(len(market.group), people), np.zeros(places, dtype=np.int64)
    seats = flow.add_arcs_with_capacity_and_unit_cost(market.group, groups + market.place, everyone, market.cost)
    out = np.full(groups, sink)
    flow.add_arcs_with_capacity_and_unit_cost(np.arange(groups), out, market.count, weights)
    flow.add_arcs_with_capacity_and_unit_cost(groups + np.arange(places), np.full(places, sink), market.capacity, zeros)
    flow.set_nodes_supplies(np.arange(groups), market.count)
    flow.set_nodes_supplies(np.array([sink]), np.array([-people]))
    ready = perf_counter()
    status = flow.solve()
    end = perf_counter()
    if status != flow.OPTIMAL:
        return {"error": f"OR-Tools ends with {status}"}
    return market.answer(flow.flows(seats), start, ready, end)


def by_scipy(market, unit):
    """Spaces and people are the two sides; a stand-in for each member of the smaller side makes it perfect.

    Needs an unmerged market. Weights are what a seat is worth, turned so that the stand-in's is the largest.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    start = perf_counter()
    people, spaces = len(market.count), len(market.capacity)
    rows, columns = (market.place, market.group) if spaces <= people else (market.group, market.place)
    few, many = min(people, spaces), max(people, spaces)
    nobody = market.classes * unit + 1  # above any seat's worth, and no weight may be zero
    weights = nobody - (market.classes - market.standing[market.group]) * unit + market.cost
    stand_ins = np.arange(few)
    matrix = csr_array(
        (
            np.concatenate([weights, np.full(few, nobody)]).astype(np.float64),
            (np.concatenate([rows, stand_ins]), np.concatenate([columns, many + stand_ins])),
        ),
        shape=(few, many + few),
    )
    ready = perf_counter()
    row, column = min_weight_full_bipartite_matching(matrix)
    end = perf_counter()
    matched = np.full(few, -1)
    matched[row] = column
    return market.answer((matched[rows] == columns).astype(np.int64), start, ready, end)


def main():
    path, method, unit = sys.argv[1:]
    market, solve = Market(path), {"ortools": by_ortools, "scipy": by_scipy}[method]
    for _ in sys.stdin:
        print(json.dumps(solve(market, int(unit))), flush=True)


main()
