"""The questions of a consultation. They stay as they are once somebody has answered."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Question(models.Model):
    """One question: answered in words, by one of several choices, or on a scale from 1."""

    class Kind(models.TextChoices):
        TEXT = "text", "in words"
        CHOICE = "choice", "one of several choices"
        SCALE = "scale", "on a scale"

    consultation = models.ForeignKey(
        "motions.Consultation", models.PROTECT, related_name="questions"
    )
    position = models.PositiveSmallIntegerField("order", default=0)
    text = models.CharField("question", max_length=300)
    help_text = models.CharField("explanation", max_length=300, blank=True)
    kind = models.CharField("answered", max_length=10, choices=Kind, default=Kind.TEXT)
    is_optional = models.BooleanField("may be left out", default=True)
    choices = models.JSONField("choices", default=list, blank=True, help_text="One a line.")
    most = models.PositiveSmallIntegerField("scale from 1 to", default=5)
    low_words = models.CharField("1 means", max_length=60, blank=True)
    high_words = models.CharField("the most means", max_length=60, blank=True)
    max_words = models.PositiveSmallIntegerField(
        "at most this many words", null=True, blank=True, help_text="Empty: no limit."
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "text"],
                name="motions_question_once_a_consultation",
                violation_error_message="This consultation already asks that.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="choice") | ~Q(choices=[]),
                name="motions_question_choices_where_chosen",
                violation_error_message="Give the choices, one a line.",
            ),
            models.CheckConstraint(
                condition=Q(most__gte=2, most__lte=10),
                name="motions_question_scale_of_two_to_ten",
                violation_error_message="A scale has at least 2 and at most 10 steps.",
            ),
            models.CheckConstraint(
                condition=Q(max_words__isnull=True) | Q(max_words__gt=0),
                name="motions_question_words_above_zero",
                violation_error_message="A limit of words is at least 1; leave it empty for none.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def offered(self) -> list[str]:
        """What may be chosen, in order."""
        return [str(one) for one in self.choices]

    @property
    def steps(self) -> list[tuple[int, str]]:
        """The steps of a scale: '1 (not at all)', '2', … '5 (very much)'."""
        ends = {1: self.low_words, self.most: self.high_words}
        numbers = range(1, self.most + 1)
        return [(n, f"{n} ({ends[n]})" if ends.get(n) else str(n)) for n in numbers]


class ConsultationAnswer(models.Model):
    """What one submission says to one question."""

    submission = models.ForeignKey(
        "motions.PolicySubmission", models.CASCADE, related_name="answers"
    )
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    text = models.TextField(blank=True)
    choice = models.CharField(max_length=200, blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = [F("question__position").asc(), "question", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "question"],
                name="motions_answer_once_a_question",
                violation_error_message="This question is answered already.",
            ),
            models.CheckConstraint(
                condition=(~Q(text="") & Q(choice="", number__isnull=True))
                | (~Q(choice="") & Q(text="", number__isnull=True))
                | Q(text="", choice="", number__isnull=False),
                name="motions_answer_in_one_way",
                violation_error_message="An answer is words, a choice or a step of the scale.",
            ),
        ]

    def __str__(self) -> str:
        return self.in_words

    @property
    def in_words(self) -> str:
        """The answer as it is read: its words, the choice, '4 of 5'."""
        if self.number is not None:
            return f"{self.number} of {self.question.most}"
        return self.choice or self.text
