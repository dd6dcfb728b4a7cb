"""The centralized team of Faultline's benchmark in SimPy: the same mechanism, written for this one protocol.

    python3 centralized.py PARAMETERS REPLICATIONS SEED

The orchestrator (agent 0) is a process that goes through the rounds: it plans, tells the workers, waits for their
processes, and checks what they send. Prints one JSON document: seconds, events, and sums over clusters of replications.
"""

import json
import sys
from math import exp, floor, log, log1p, sqrt
from random import Random
from time import process_time

import simpy

FIELDS = (
    "success errorsAtAggregation deliverableErrors missingClaims turns messages claimsMade claimsRedundant tokens "
    "overheadTokens cost latency faults descendants inherited faultsOwn faultsCommonCause faultsGuess faultsHandoff "
    "faultsConflict faultsDistortion faultsSynthesis reviews caught missed falseAlarms exhausted"
).split()

REVIEW = -1  # what a worker does instead of making a claim


class Version:
    """A copy of a claim in some ledger. `value` is None for a correct one; equal values are equal answers."""

    __slots__ = ("claim", "value", "parent", "origin", "is_received", "family", "descendants", "rejected", "cause")

    def __init__(self, claim, value=None, parent=None, is_received=False, cause=None):
        self.claim = claim
        self.value = value
        self.parent = parent
        self.is_received = is_received
        self.cause = cause
        self.origin = None  # the version in which the error began
        self.family = None  # whose common cause is behind it: blind to it
        self.descendants = 0
        self.rejected = 0  # check phase that rejected it, until its owner hears of it

    def descend(self, parent):
        self.origin = parent.origin
        self.family = parent.family
        self.origin.descendants += 1


class Slot:
    """An agent's place for a claim."""

    __slots__ = ("held", "rival", "attempts", "in_scope", "is_reviewed", "is_accepted", "redo", "got")

    def __init__(self):
        self.held = None
        self.rival = None
        self.attempts = 0
        self.in_scope = True
        self.is_reviewed = self.is_accepted = self.redo = False
        self.got = 0  # whom the version held has got to: a bit for each agent

    def hold(self, version):
        self.held = version
        self.is_reviewed = self.is_accepted = self.redo = False
        self.got = 0


class Agent:
    """A member of the team, with its ledger."""

    def __init__(self, task, number, common_start):
        p, random = task.p, task.random
        self.task = task
        self.number = number
        self.slots = [Slot() for _ in range(task.size)]
        self.work_turns = self.phase_turns = self.unreviewed = 0
        self.knows_assignment = True
        self.family = p["family"][number]
        self.reviews_itself = p["selfRecall"][number] > 0 or p["selfFalseAlarm"][number] > 0
        if random() < p["diversity"][number]:
            place = (common_start + p["spacing"][number]) % 1
        else:
            place = random()
        start = int(place * task.size)
        self.order = [*range(start, task.size), *range(start)]

    def ledger_size(self):
        return sum(slot.held is not None for slot in self.slots)

    # ------------------------------------------------------------ turns

    def turn(self):
        """A turn's duration."""
        task, p, i = self.task, self.task.p, self.number
        return task.env.timeout(task.generator.lognormvariate(p["turnLogMedian"][i], p["turnSigma"][i]))

    def pay(self):
        """Pays for a turn, notes how short of tokens it was, and returns the output tokens."""
        task, p, i = self.task, self.task.p, self.number
        outcome = task.outcome
        wanted = spent = p["thinking"][i]
        if task.budget > 0 and wanted > 0:
            allowance = floor(task.tokens_left / max(1, task.turn_limit - outcome["turns"]))
            spent = min(wanted, max(allowance, 1))
            task.tokens_left = max(0, task.tokens_left - spent)
        task.shortage = (wanted / spent) ** task.budget_exponent if spent < wanted else 1
        read = p["prompt"][i] + task.version_tokens * self.ledger_size()
        outcome["turns"] += 1
        outcome["tokens"] += read + spent
        outcome["cost"] += read * p["priceInput"][i] + spent * p["priceOutput"][i]
        return spent

    # ------------------------------------------------------------ work

    def work(self, turns):
        """A worker's process in one work phase."""
        self.phase_turns = 0
        while self.phase_turns < turns and self.work_turns < self.task.p["maxTurns"][self.number]:
            action = self.next_action()
            if action is None:
                return
            self.phase_turns += 1
            self.work_turns += 1
            self.task.working += 1
            yield self.turn()
            self.task.working -= 1
            spent = self.pay()
            if action == REVIEW:
                self.review()
            else:
                self.make_claims(action, spent)

    def next_action(self):
        if self.unreviewed >= self.task.p["reviewEvery"][self.number] and self.needs_review():
            return REVIEW
        claim = self.next_claim()
        if claim is None and self.needs_review():
            return REVIEW
        return claim

    def next_claim(self):
        """What is to be made again, else the next open claim that is ready, else the next open one."""
        slots = self.slots
        for claim, slot in enumerate(slots):
            if slot.redo:
                return claim
        first_open = None
        for claim in self.order:
            slot = slots[claim]
            if slot.held is not None or not slot.in_scope:
                continue
            if all(slots[premise].held is not None for premise in self.task.premises[claim]):
                return claim
            if first_open is None:
                first_open = claim
        return first_open

    def make_claims(self, claim, spent):
        task = self.task
        pace = task.p["pace"][self.number]
        wanted = int(pace) + (task.random() < pace % 1)
        for i in range(wanted):
            if i > 0:
                claim = self.next_claim()
                if claim is None:
                    return
            slot = self.slots[claim]
            slot.attempts += 1
            version = self.make_version(claim)
            self.account(claim, slot, spent / wanted)
            slot.hold(version)
            self.unreviewed += 1

    def make_version(self, claim):
        task, p, i, random = self.task, self.task.p, self.number, self.task.random
        premises = [self.slots[premise].held for premise in task.premises[claim]]
        for premise in premises:
            if premise is not None and premise.value is not None and random() < p["propagation"][i]:
                version = task.add(Version(claim, premise.value, premise, cause="inherited"))
                version.descend(premise)
                return version
        for premise in premises:
            if premise is None:
                if random() < p["guess"][i]:
                    return task.add_fault(claim, "faultsGuess")
            elif premise.is_received and random() < p["handoff"][i]:
                return task.add_fault(claim, "faultsHandoff")
        return self.own_fault(claim) or self.conflict_fault(claim) or task.add(Version(claim))

    def own_fault(self, claim):
        task, p, i = self.task, self.task.p, self.number
        unrelated = max(0, self.ledger_size() - p["ancestors"][claim])
        odds = task.error_odds[i] * task.shortage * (1 + p["distraction"][i] * unrelated)
        chance = odds / (1 + odds)
        share, common_draw = task.common_draws(self.family, claim)
        if share < p["commonCause"][i]:
            if common_draw >= chance:
                return None
            version = task.add_fault(claim, "faultsCommonCause")
            version.value = (self.family, claim)
            version.family = self.family
            return version
        return task.add_fault(claim, "faultsOwn") if task.random() < chance else None

    def conflict_fault(self, claim):
        """Workers that are in a turn at the same time get in each other's way."""
        task, conflict = self.task, self.task.p["conflict"][self.number]
        if conflict > 0 and task.random() >= (1 - conflict) ** task.working:
            return task.add_fault(claim, "faultsConflict")
        return None

    def account(self, claim, slot, tokens):
        """Books duplicate work and work done again."""
        task = self.task
        makers = task.makers[claim]
        if not makers:
            task.outcome["claimsMade"] += 1
        is_duplicate = bool(makers) and makers[0] != self.number
        if is_duplicate and len(makers) == 1:
            task.outcome["claimsRedundant"] += 1
        if self.number not in makers:
            makers.append(self.number)
        if is_duplicate or slot.attempts > 1:
            task.outcome["overheadTokens"] += tokens

    # ------------------------------------------------------------ checks

    def look(self, version, recall, false_alarm):
        """One look at one version: whether it is flagged. A family is blind to its common-cause errors."""
        task = self.task
        is_erroneous = version.value is not None
        if is_erroneous:
            chance = 0 if version.family == self.family else recall
        else:
            chance = false_alarm
        is_flagged = self.heeds_objection(version) or (chance > 0 and task.random() < chance)
        if is_erroneous:
            task.outcome["caught" if is_flagged else "missed"] += 1
        elif is_flagged:
            task.outcome["falseAlarms"] += 1
        return is_flagged

    def heeds_objection(self, version):
        """Whether somebody said in an earlier check phase that it is wrong, and the checker goes by it."""
        if not version.is_received or version.parent.rejected in (0, self.task.check_phases):
            return False
        return self.task.random() < self.task.p["heed"][self.number]

    @staticmethod
    def is_unreviewed(slot):
        version = slot.held
        return (
            version is not None
            and not version.is_received
            and slot.in_scope
            and not slot.is_reviewed
            and not slot.redo
        )

    def needs_review(self):
        return self.reviews_itself and any(map(self.is_unreviewed, self.slots))

    def review(self):
        p, i = self.task.p, self.number
        self.task.outcome["reviews"] += 1
        self.unreviewed = 0
        for slot in self.slots:
            if self.is_unreviewed(slot):
                if self.look(slot.held, p["selfRecall"][i], p["selfFalseAlarm"][i]):
                    slot.redo = True
                else:
                    slot.is_reviewed = True

    @staticmethod
    def is_unchecked(slot):
        if slot.held is None or slot.redo:
            return False
        return slot.rival is not None or (not slot.is_accepted and slot.held.is_received)

    def has_unchecked(self):
        return any(map(self.is_unchecked, self.slots))

    def check_ledger(self):
        for slot in filter(self.is_unchecked, self.slots):
            own, rival = slot.held, slot.rival
            own_passes = self.passes(own)
            rival_passes = rival is not None and self.passes(rival)
            slot.rival = None
            if not own_passes and rival_passes:
                slot.hold(rival)
            if own_passes or rival_passes:
                slot.is_accepted = True
            elif own.is_received:
                slot.hold(None)
            else:
                slot.redo = True

    def passes(self, version):
        """Checks a version, and lets the sender know when it does not pass."""
        task, p, i = self.task, self.task.p, self.number
        if not self.look(version, p["orchestratorRecall"][i], p["orchestratorFalseAlarm"][i]):
            return True
        if version.is_received:
            version.parent.rejected = task.check_phases
            task.has_rejections = True
        return False

    def take_back(self):
        """What a worker hears when it begins to work: its rejected work is made again, rejected copies go."""
        if not self.task.has_rejections:
            return
        for slot in self.slots:
            version = slot.held
            if version is None or version.rejected == 0:
                continue
            version.rejected = 0
            if slot.in_scope and not version.is_received:
                slot.redo = True
            else:
                slot.hold(None)

    # ------------------------------------------------------------ messages

    def due(self, receiver, only_accepted=False):
        """Slots that are due to be sent: what the receiver has not got, be it new or lost on the way."""
        bit = 1 << receiver.number
        return [
            slot
            for slot in self.slots
            if slot.held is not None
            and not slot.redo
            and not slot.got & bit
            and (slot.is_accepted or not only_accepted)
        ]

    def send(self, receiver, due, weight):
        """Sends copies of what is due, each of which may be left out. Returns the delivery and how many go."""
        task = self.task
        passes = weight * (1 - task.p["omission"][self.number])
        passing = [slot for slot in due if task.random() < passes]
        for slot in passing:
            slot.got |= 1 << receiver.number
        carried = [slot.held for slot in passing]
        delivery = task.env.timeout(task.message_seconds, carried)
        delivery.callbacks.append(lambda event: receiver.receive(event.value, self))
        return delivery, len(carried)

    def book_message(self, carried):
        task = self.task
        outcome = task.outcome
        tokens = task.header + carried * task.version_tokens
        outcome["messages"] += 1
        outcome["tokens"] += tokens
        outcome["overheadTokens"] += tokens
        outcome["cost"] += tokens * task.p["priceOutput"][self.number]

    def receive(self, versions, sender):
        task = self.task
        distortion = task.p["distortion"][sender.number]
        for source in versions:
            slot = self.slots[source.claim]
            is_distorted = source.value is None and task.random() < distortion
            if slot.held is not None and not is_distorted and slot.held.value == source.value:
                continue
            if is_distorted:
                copy = task.add_fault(source.claim, "faultsDistortion")
                copy.parent = source
                copy.is_received = True
            else:
                copy = task.add(Version(source.claim, source.value, source, True))
                if source.value is not None:
                    copy.descend(source)
            if slot.held is None or sender.number == 0 or slot.redo:
                slot.hold(copy)
                slot.rival = None
            else:
                slot.rival = copy


class Task:
    """One task of the team: a replication."""

    def __init__(self, parameters, generator, size, error_odds):
        self.p = p = parameters
        self.generator = generator
        self.random = generator.random
        self.size = size
        self.error_odds = error_odds
        self.env = simpy.Environment()
        self.outcome = dict.fromkeys(FIELDS, 0)
        self.versions = []
        self.premises = p["premisesOf"]
        self.makers = [[] for _ in range(size)]
        self.common = {}
        self.budget = self.tokens_left = p["budgetTokens"][0]
        self.budget_exponent = p["budgetExponent"][0]
        self.turn_limit = p["turnLimit"][0]
        self.header = p["header"][0]
        self.version_tokens = p["versionTokens"][0]
        self.message_seconds = p["messageSeconds"][0]
        self.shortage = 1
        self.working = 0  # workers in a turn
        self.check_phases = 0
        self.has_rejections = False
        common_start = self.random()
        self.orchestrator, *self.workers = (Agent(self, i, common_start) for i in range(p["agents"][0]))

    def add(self, version):
        self.versions.append(version)
        return version

    def add_fault(self, claim, cause):
        """A version in which an error begins, with an answer that equals no other."""
        version = self.add(Version(claim, cause=cause))
        version.value = version.origin = version
        return version

    def common_draws(self, family, claim):
        """Draws that all agents of a family share: is the claim one of the common-cause share, and the draw then."""
        key = (family, claim)
        if key not in self.common:
            self.common[key] = (self.random(), self.random())
        return self.common[key]

    def run(self):
        self.env.run(self.env.process(self.protocol()))
        self.count_outcome()
        return self.outcome

    def protocol(self):
        p, env, outcome, orchestrator = self.p, self.env, self.outcome, self.orchestrator
        for number in range(p["rounds"][0]):
            yield orchestrator.turn()
            spent = orchestrator.pay()
            if number > 0:
                outcome["overheadTokens"] += spent
            self.plan()
            deliveries = self.tell_workers()
            if deliveries:
                yield env.all_of(deliveries)
            for worker in self.workers:
                worker.take_back()
            yield env.all_of([env.process(worker.work(p["turns"][0])) for worker in self.workers])
            deliveries = self.deliver_work()
            if deliveries:
                yield env.all_of(deliveries)
            self.check_phases += 1
            if orchestrator.has_unchecked():
                yield orchestrator.turn()
                orchestrator.pay()
                orchestrator.check_ledger()
            if self.is_settled():
                break
        outcome["exhausted"] = int(not self.is_settled())
        yield orchestrator.turn()
        orchestrator.pay()
        self.synthesize()

    def plan(self):
        """Shares the open claims out in blocks; some are given to the next worker as well."""
        workers = self.workers
        for worker in workers:
            worker.knows_assignment = True
            for slot in worker.slots:
                slot.in_scope = False
        open_claims = [claim for claim, slot in enumerate(self.orchestrator.slots) if not slot.is_accepted]
        blocks = max(len(open_claims), len(workers))
        for position, claim in enumerate(open_claims):
            share = position * len(workers) // blocks
            self.give(workers[share], claim)
            if self.random() < self.p["overlap"][0]:
                self.give(workers[(share + 1) % len(workers)], claim)

    @staticmethod
    def give(worker, claim):
        slot = worker.slots[claim]
        slot.in_scope = True
        slot.got = 0
        worker.knows_assignment = False

    def tell_workers(self):
        """The orchestrator writes one text for all: assignments, and what it accepted."""
        text, deliveries = set(), []
        for worker in self.workers:
            due = self.orchestrator.due(worker, only_accepted=True)
            if due or not worker.knows_assignment:
                weight = self.p["weightFromOrchestrator"][worker.number]
                deliveries.append(self.orchestrator.send(worker, due, weight)[0])
                text.update(due)
        if deliveries:
            self.orchestrator.book_message(len(text))
        return deliveries

    def deliver_work(self):
        deliveries = []
        for worker in self.workers:
            due = worker.due(self.orchestrator)
            if due:
                weight = self.p["weightToOrchestrator"][worker.number]
                delivery, carried = worker.send(self.orchestrator, due, weight)
                worker.book_message(carried)
                deliveries.append(delivery)
        return deliveries

    def is_settled(self):
        return all(slot.is_accepted for slot in self.orchestrator.slots)

    def synthesize(self):
        outcome = self.outcome
        for claim, slot in enumerate(self.orchestrator.slots):
            if not slot.is_accepted:
                outcome["missingClaims"] += 1
            elif slot.held.value is not None:
                outcome["errorsAtAggregation"] += 1
                outcome["deliverableErrors"] += 1
            elif self.random() < self.p["synthesisLoss"][0]:
                self.add_fault(claim, "faultsSynthesis")
                outcome["deliverableErrors"] += 1

    def count_outcome(self):
        outcome = self.outcome
        for version in self.versions:
            if version.cause is not None:
                outcome[version.cause] += 1
            if version.origin is version:
                outcome["faults"] += 1
                outcome["descendants"] += version.descendants
        outcome["latency"] = self.env.now
        outcome["success"] = int(outcome["missingClaims"] == 0 and outcome["deliverableErrors"] == 0)


def read_parameters(path):
    """Lines of a name and its values; and what is worked out of them once."""
    with open(path) as file:
        lines = [line.split() for line in file]
    p = {name: [float(word) if "." in word or "e" in word else int(word) for word in words] for name, *words in lines}
    variances = [log1p(cv * cv) for cv in p["turnCv"]]
    p["turnSigma"] = [sqrt(variance) for variance in variances]
    p["turnLogMedian"] = [log(seconds) - variance / 2 for seconds, variance in zip(p["turnSeconds"], variances)]
    starts = p["premiseStart"]
    p["premisesOf"] = [p["premises"][start:end] for start, end in zip(starts, starts[1:])]
    return p


def draw_instance(p, generator):
    """Size of an instance, and the error odds of every agent on it."""
    variance = log1p(p["sizeCv"][0] ** 2)
    drawn = generator.lognormvariate(log(p["sizeMean"][0]) - variance / 2, sqrt(variance))
    size = min(p["claims"][0], max(1, floor(drawn + 0.5)))
    difficulty = generator.gauss(p["difficulty"][0], p["difficultySpread"][0])
    return size, [exp(log_odds + difficulty) for log_odds in p["errorLogOdds"]]


def main(path, replications, seed):
    p = read_parameters(path)
    generator = Random(seed)
    repeats = p["repeats"][0]
    clusters = replications // repeats
    sums = dict.fromkeys(FIELDS, 0.0)
    squares = dict.fromkeys(FIELDS, 0.0)
    start = process_time()
    # Replications of one instance are a cluster; sums over clusters give means with honest standard errors.
    for _ in range(clusters):
        size, error_odds = draw_instance(p, generator)
        outcomes = [Task(p, generator, size, error_odds).run() for _ in range(repeats)]
        for field in FIELDS:
            mean = sum(outcome[field] for outcome in outcomes) / repeats
            sums[field] += mean
            squares[field] += mean * mean
    seconds = process_time() - start
    fields = {field: [sums[field], squares[field]] for field in FIELDS}
    print(json.dumps({"seconds": seconds, "replications": clusters * repeats, "clusters": clusters, "fields": fields}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
