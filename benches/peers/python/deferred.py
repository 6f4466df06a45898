"""Solves one market by the package `matching`: deferred acceptance, residents propose.

    deferred.py FILE

FILE is a market as `src/deferred.rs` writes it: capacities of places, each applicant's ranking of places and each place's
ranking of applicants, best first, by number. Each line on the input builds the game, solves it, and answers with one line
of JSON: the times, and each applicant's place or null.
"""

import json
import sys
import warnings
from time import perf_counter

from matching.games import HospitalResident


def solve(market):
    """Names are prefixed, since the package keeps both sides' names apart."""
    applicants = {f"a{who}": [f"p{place}" for place in ranks] for who, ranks in enumerate(market["applicants"])}
    places = {f"p{place}": [f"a{who}" for who in ranks] for place, ranks in enumerate(market["places"])}
    capacities = {f"p{place}": capacity for place, capacity in enumerate(market["capacities"])}
    start = perf_counter()
    game = HospitalResident.create_from_dictionaries(applicants, places, capacities)
    ready = perf_counter()
    matching = game.solve(optimal="resident")
    end = perf_counter()
    seats = [None] * len(applicants)
    for place, matched in matching.items():
        for applicant in matched:
            seats[int(applicant.name[1:])] = int(place.name[1:])
    return {"build_ms": (ready - start) * 1000, "solve_ms": (end - ready) * 1000, "seats": seats}


def main():
    warnings.simplefilter("ignore")
    with open(sys.argv[1], encoding="utf-8") as file:
        market = json.load(file)
    for _ in sys.stdin:
        print(json.dumps(solve(market)), flush=True)


main()
