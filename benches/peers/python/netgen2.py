"""Writes the minimum-cost flow problem NETGEN 2, which networkx ships with its tests, as a market to standard output.

A flow is a market. An arc from i to j with capacity u is an agent of u people: those who are sent accept place j at
the arc's cost, those who are not accept place i at 0. Place i has room for the capacities of the arcs that leave it
less what it supplies, so it is full exactly if inflow and supply are outflow. There is as much room as there are
people: everybody is seated exactly if there is a flow, and the cost of all seats is the flow's.
"""

import bz2
import importlib.resources
import pickle


def main():
    path = importlib.resources.files("networkx.algorithms.flow.tests") / "netgen-2.gpickle.bz2"
    with path.open("rb") as packed:
        graph = pickle.loads(bz2.decompress(packed.read()))
    for node, demand in graph.nodes(data="demand", default=0):  # a supply is a negative demand
        leaving = sum(capacity for _, _, capacity in graph.out_edges(node, data="capacity"))
        print(f"place {node} {leaving + demand}")
    for start, end, arc in graph.edges(data=True):
        print(f"agent {start}-{end} 0 {arc['capacity']}")
        print(f"choice {start}-{end} {start} 0")
        print(f"choice {start}-{end} {end} {arc['weight']}")


main()
