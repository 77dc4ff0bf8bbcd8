#!/usr/bin/env python3
"""Computes what the samples must give, from their data alone: a second opinion, independent of the product.

    python3 expected.py SAMPLES OUT
"""
import csv, json, os, sys
from collections import Counter, OrderedDict
from datetime import datetime, timezone
from decimal import Decimal, ROUND_HALF_EVEN, ROUND_HALF_UP

samples, out = sys.argv[1], sys.argv[2]


def rounded(value, places):
    exact = Decimal(value)
    down, up = (exact.quantize(Decimal(1).scaleb(-places), mode) for mode in (ROUND_HALF_EVEN, ROUND_HALF_UP))
    if down != up:
        print("a tie, where the rounding rule decides:", value, file=sys.stderr)
    return up


def write(name, header, rows):
    with open(os.path.join(out, name), "w", newline="", encoding="utf-8") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(header)
        w.writerows(rows)


def flight_delays():
    airports = {r["iata"]: r for r in csv.DictReader(open(os.path.join(samples, "airports.csv"), encoding="utf-8"))}
    delays = {}
    for flight in json.load(open(os.path.join(samples, "flights-20k.json"))):
        if flight["distance"] > 0:
            delays.setdefault(flight["origin"], []).append(flight["delay"])
    rows = []
    for origin, d in delays.items():
        airport = airports.get(origin, {"name": "", "state": ""})
        rows.append((origin, airport["name"], airport["state"], len(d), rounded(sum(d) / len(d), 1),
                     rounded(sum(x > 15 for x in d) / len(d), 3)))
    rows.sort(key=lambda r: (-r[3], r))
    print("flights on the twentieth place and the next:", rows[19][3], rows[20][3], file=sys.stderr)
    write("flight-delays.csv", "origin airport state flights mean_delay late_share".split(), rows[:20])


def bird_strikes():
    states, rejected, clean = OrderedDict(), Counter(), 0
    for r in csv.DictReader(open(os.path.join(samples, "birdstrikes.csv"), encoding="utf-8", newline="")):
        try:
            datetime.strptime(r["Flight Date"], "%Y-%m-%d")
        except ValueError:
            rejected["decode"] += 1
            continue
        try:
            cost = int(r["Cost Total $"].replace(",", ""))
            knots = int(r["Speed IAS in knots"]) if r["Speed IAS in knots"] != "" else None
        except ValueError:
            rejected["tidy"] += 1
            continue
        if (knots is not None and knots > 600) or cost < 0:
            rejected["plausible"] += 1
            continue
        clean += 1
        state = r["Origin State"] or None
        s = states.setdefault(state, [0, 0, None, None])
        s[0] += 1
        s[1] += cost
        if s[2] is None or cost > s[2]:
            s[2], s[3] = cost, r["Wildlife Species"]
    write("strikes-by-state.csv", "state strikes cost costliest".split(),
          [(k or "", s[0], s[1], s[3]) for k, s in sorted(states.items(), key=lambda x: x[0] or "")])
    write("strikes-counted.csv", ["what", "rows"],
          [("clean", clean)] + [(k, n) for k, n in sorted(rejected.items())])


def earthquakes():
    days, strong, weak = Counter(), 0, 0
    for q in json.load(open(os.path.join(samples, "earthquakes.json")))["features"]:
        magnitude = q["properties"]["mag"] or 0
        day = datetime.fromtimestamp(q["properties"]["time"] / 1000, timezone.utc).strftime("%Y-%m-%d")
        if magnitude >= 4.5:
            strong += 1
        elif magnitude >= 2.5:
            days[day] += 1
        else:
            weak += 1
    write("earthquakes-counted.csv", ["what", "rows"],
          [("strong", strong)] + sorted(days.items()) + [("weak", weak)])


flight_delays()
bird_strikes()
earthquakes()
