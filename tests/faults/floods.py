"""F-21: five hundred phones behind one address want into a room, and a hundred PDFs are asked for at once."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.faults.fault import Seen, Where, fault
from tests.faults.people import Reply, Visitor, savers_for, saving
from tests.faults.places import place
from tests.load import measuring, serving
from tests.load.measuring import percentile

PHONES, STRANGERS = 30, 470
JOINING = 8.0
LASTS = 15.0
POLL = 300.0
"""Milliseconds: the p95 of a question of somebody who is in."""
PDFS = 100
OTHERS = 500.0
"""Milliseconds: the p95 of other pages meanwhile."""
REFUSED = {422, 429, 503}


@fault("F-21", "500 phones at the door of one room")
def phones(where: Where) -> Seen:
    seen = Seen(
        injected=f"{PHONES + STRANGERS} phones behind one address, {STRANGERS} more than have a place"
    )
    with place(where) as here:
        rooms = measuring.made_rooms(here.environment, 1)
        with serving.serving(here.environment) as server:
            players = measuring.start(
                server,
                rooms,
                phones=PHONES,
                lasts=LASTS,
                joining=JOINING,
                strangers=STRANGERS,
                thinking=1,
                voting=4,
            )
            told = measuring.heard(players)
        stored = measuring.compared(here.environment, told)
    found = measuring.measured(told, stored, rooms=1, complaints=[], server=0.0, megabytes=0.0)
    late = found.at("poll", 0.95)
    seen.acknowledged = stored["acknowledged"]
    seen.lost = stored["lost"]
    seen.stored = stored["acknowledged"] - len(seen.lost)
    seen.broken += [*stored["wrong"], *stored["added"], *found.errors]
    seen.expect(late <= POLL, f"95 of 100 questions took {late:.0f} ms, promised {POLL:.0f}")
    refused = sum(
        count for what, count in found.statuses.items() if what in {f"stranger {each}" for each in REFUSED}
    )
    seen.expect(refused > 0, "nobody was told that there is no place")
    seen.remarks.append(f"p95 of a question {late:.0f} ms; {refused} strangers were refused in words")
    return seen


@fault("F-21", "100 PDFs at once")
def pdfs(where: Where) -> Seen:
    """Of one report with a hundred sums that nobody has typed before, so that each has to be made."""
    seen = Seen(injected=f"{PDFS} PDFs that nobody has made yet")
    with place(where) as here:
        at = savers_for(here.environment, 2)
        with serving.serving(here.environment) as server:
            reader, saver = at(server)
            address = f"/a/{reader.public_id}/result.pdf?budget="

            def ask(number: int) -> Reply:
                return Visitor(server.port, dict(reader.visitor.cookies)).get(f"{address}{100_000 + number}")

            with saving(server, lambda _: [saver]) as crowd, ThreadPoolExecutor(PDFS) as pool:
                looking = Visitor(server.port, dict(saver.visitor.cookies))
                asked = [pool.submit(ask, each) for each in range(PDFS)]
                seconds, odd = [], Counter[int]()
                until = time.monotonic() + 45
                while not all(each.done() for each in asked) and time.monotonic() < until:
                    other = looking.get(f"/a/{saver.public_id}/q/c_size/")
                    seconds.append(other.seconds)
                    odd[other.status] += other.status != 200
                    time.sleep(0.05)
                answers = [each.result() for each in asked]
            crowd.compare(seen, here.environment)
    statuses = Counter(each.status for each in answers)
    late = 1000 * percentile(sorted(seconds), 0.95)
    seen.expect(set(statuses) <= {200, 429, 503}, f"answers: {dict(statuses)}")
    seen.expect(statuses[200] > 0, "not one PDF was made")
    for each in answers:
        wordless = each.status != 200 and ("retry-after" not in each.headers or "<h1" not in each.text)
        seen.expect(not wordless, f"{each.status} without a word or without when to come again")
    seen.expect(not +odd, f"other pages: {dict(odd)}")
    seen.expect(late <= OTHERS, f"95 of 100 other pages took {late:.0f} ms, promised {OTHERS:.0f}")
    made = ", ".join(f"{count} x {status}" for status, count in sorted(statuses.items()))
    seen.remarks.append(f"{made}; {len(seconds)} other pages meanwhile, p95 {late:.0f} ms")
    return seen
