"""Every rule, in the order of the handbook."""

from planner.rules import the_deal, the_relationship, the_two_questions

__all__ = ["RULES"]

RULES = (
    *the_two_questions.RULES,
    *the_deal.RULES,
    *the_relationship.RULES,
)
