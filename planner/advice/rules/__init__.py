"""Every rule, in the order of the handbook."""

from planner.advice.rules import (
    after_the_deal,
    at_the_table,
    one_side,
    the_deal,
    the_relationship,
    the_talk,
    the_two_questions,
    the_weights,
    their_frame,
    trust,
)

__all__ = ["RULES"]

RULES = (
    *the_two_questions.RULES,
    *their_frame.RULES,
    *the_deal.RULES,
    *the_weights.RULES,
    *the_relationship.RULES,
    *at_the_table.RULES,
    *one_side.RULES,
    *the_talk.RULES,
    *trust.RULES,
    *after_the_deal.RULES,
)
