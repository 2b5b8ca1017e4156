using CsCheck;
using Microsoft.ML;
using MLNetDebug.Reports;

namespace MLNetDebug.Tests.Reports;

[TestClass]
public sealed class TextReportTests
{
    [TestMethod]
    public void Typical_SaysWhatWhereNumbersAndWhatToDo()
    {
        var text = SampleReports.Typical.ToText();

        StringAssert.StartsWith(text, "training data: 2 warnings, 1 that follows from another.\n");
        StringAssert.Contains(text, "WARNING MLD104 UnshuffledRows: Label\n");
        StringAssert.Contains(text, "label join count z = 23.5 sd (threshold 4 sd)");
        StringAssert.Contains(text, "do: Permute all rows once.\n      var shuffled = report.Mends[0].Apply(ml, data);\n");
        StringAssert.Contains(text, "mend: report.Mends[0]: Permute all rows.");
        StringAssert.Contains(text, "so too: MLD105 OneLabelBatches, Label: 97 % of batches hold one class.");
        StringAssert.Contains(text, "WARNING MLD101 FeatureScale: Features[3] (mean area)");
        StringAssert.Contains(text, "- Photo: images are not read (700 rows would be enough) [MLD101]");
        StringAssert.Contains(text, "- Batch size 32, as nothing was said.");
        StringAssert.Contains(text, "Checked: MLD101 MLD104 MLD105 (13 statistical tests, p-values adjusted together)");
        StringAssert.Contains(text, "Took: DataProfile 12 ms");
        StringAssert.Contains(text, "see docs/rules/MLD104.md");
    }

    [TestMethod]
    public void Symptom_StandsBeneathItsRootAndNotAlone()
    {
        var text = SampleReports.Typical.ToText();

        Assert.IsTrue(text.IndexOf("MLD105", StringComparison.Ordinal) > text.IndexOf("MLD104", StringComparison.Ordinal));
        Assert.IsFalse(text.Contains("WARNING MLD105"));
    }

    [TestMethod]
    public void WhatSumsUpTheOthers_IsWrittenOut()
    {
        Finding[] columns = [.. Enumerable.Range(0, 10).Select(i => SampleReports.Finding(SampleReports.Scale, Subject.Column($"c{i}"), $"m{i}"))];
        var others = SampleReports.Finding(SampleReports.Scale, new Subject(SubjectKind.File, "a.csv"), "290 further columns");
        var text = (SampleReports.Typical with { Findings = [.. columns, others] }).ToText(100);
        StringAssert.Contains(text, "- and 5 more: c5, c6, c7, c8, c9\n");
        StringAssert.Contains(text, "- 290 further columns");
    }

    [TestMethod]
    public void Facts_ReadAsASentenceWould()
    {
        Evidence[] facts =
        [
            new("data: rows", 500) { Unit = "rows read before the budget ended" }, new("data: columns", 1) { Unit = "columns" },
            new("data: feature slots", 1) { Unit = "slots" }, new("data: classes", 1) { Unit = "classes" },
            new("training: passes", 1) { Unit = "passes" },
        ];
        Assert.AreEqual("data: 500 rows read before the budget ended, 1 column, 1 feature slot, 1 class; training: 1 pass", EvidenceText.Facts(facts));
    }

    [TestMethod]
    public void Facts_AreGroupedByWhatTheyAreOf()
    {
        var report = SampleReports.Typical with
        {
            Facts =
            [
                new Evidence("training data: rows", 1_250) { Unit = "rows" }, new Evidence("training data: sampled", 12.5) { Unit = "%" },
                new Evidence("hold-out data: rows", 547) { Unit = "rows" }, new Evidence("tests", 3),
            ],
        };
        StringAssert.Contains(report.ToText(), "\n  training data: 1,250 rows, sampled 12.5 %; hold-out data: 547 rows; 3 tests\n");
    }

    [TestMethod]
    public void PValueTooSmallForADouble_IsNotCalledZero()
    {
        var finding = SampleReports.Finding(SampleReports.Order, Subject.Column("x"), "m") with
        {
            Evidence = [new Evidence("adjusted p", 0) { Threshold = 0.05 }, new Evidence("smallest adjusted p-value", 0), new Evidence("gap", 0)],
        };
        StringAssert.Contains(
            (SampleReports.Typical with { Findings = [finding] }).ToText(),
            "measured: adjusted p < 1E-300 (threshold 0.05); smallest adjusted p-value < 1E-300; gap = 0\n");
    }

    [TestMethod]
    public void CellValues_AreNeverWritten() => Assert.IsFalse(SampleReports.Typical.ToText().Contains("secret cell"));

    [TestMethod]
    public void NoFindings_OneLineAndStillWhatWasNotChecked()
    {
        var text = (SampleReports.Typical with { Findings = [] }).ToText();

        StringAssert.StartsWith(text, "training data: no findings.\n");
        StringAssert.Contains(text, "Not checked (which is not the same as healthy):");
        StringAssert.Contains(text, "Photo");
    }

    [TestMethod]
    public void NothingChecked_IsNotCalledHealthy() =>
        StringAssert.StartsWith(new DiagnosticReport { Title = "t" }.ToText(), "t: nothing was checked.\n");

    [TestMethod]
    public void ManyFindingsOfOneRule_AreGrouped()
    {
        var findings = Enumerable.Range(0, 30)
            .Select(i => SampleReports.Finding(SampleReports.Scale, Subject.Column("Features", i), $"Slot {i} is large.") with
            {
                Advice = [new Advice("Normalise.")],
            });
        var text = (SampleReports.Typical with { Findings = [.. findings] }).ToText();

        StringAssert.Contains(text, "WARNING MLD101 FeatureScale: 30 findings");
        StringAssert.Contains(text, "Slot 4 is large.");
        Assert.IsFalse(text.Contains("Slot 5 is large."));
        StringAssert.Contains(text, "and 25 more: Features[5], Features[6]");
        StringAssert.Contains(text, "and 17 more");
        Assert.AreEqual(1, Count(text, "do: Normalise."));
    }

    [TestMethod]
    public void SixFindingsOfOneRule_AreAllShown()
    {
        var findings = Enumerable.Range(0, 6).Select(i => SampleReports.Finding(SampleReports.Scale, Subject.Column("Features", i), $"Slot {i} is large."));
        var text = (SampleReports.Typical with { Findings = [.. findings] }).ToText();

        StringAssert.Contains(text, "Slot 5 is large.");
        Assert.IsFalse(text.Contains("more:"));
    }

    [TestMethod]
    public void LongSymptom_IsCutBetweenWords()
    {
        var message = string.Join(' ', Enumerable.Repeat("symptom", 100));
        var symptom = SampleReports.Finding(SampleReports.Batches, Subject.Column("Label"), message) with { FoldedUnder = RuleIds.UnshuffledRows };
        var text = (SampleReports.Typical with { Findings = [SampleReports.Typical.Findings[0], symptom] }).ToText();

        StringAssert.Contains(text, " symptom\u2026\n");
    }

    [TestMethod]
    public void ManyQuestionsNotAnswered_GroupedByReasonAndCounted()
    {
        var same = Enumerable.Range(0, 100).Select(i => new NotChecked(Subject.Column("Features", i), "too few rows") { RowsNeeded = i });
        var different = Enumerable.Range(0, 20).Select(i => new NotChecked(Subject.Column("x"), $"reason {i}"));
        var text = (SampleReports.Typical with { NotChecked = [.. same, .. different] }).ToText();

        StringAssert.Contains(text, "Features[7] and 92 more: too few rows (99 rows would be enough)");
        StringAssert.Contains(text, "reason 10\n");
        Assert.IsFalse(text.Contains("reason 11\n"));
        StringAssert.Contains(text, "and 9 more reasons; the report's NotChecked has them all.");
    }

    [TestMethod]
    public void LongCode_BreaksOutsideOfStringsSoThatItStillCompiles()
    {
        const string Code = "var p = ml.Transforms.NormalizeMeanVariance(\"a name with spaces\").Append(ml.Transforms.DropColumns(\"b c d\")).Append(ml.Regression.Trainers.Sdca());";
        var finding = SampleReports.Finding(SampleReports.Scale, Subject.Column("x"), "m") with { Advice = [new Advice("a", Code)] };
        var text = (SampleReports.Typical with { Findings = [finding] }).ToText(70);

        var joined = string.Concat(text.Split('\n').Select(l => l.Trim()));
        Assert.IsTrue(joined.Replace(" ", "").Contains(Code.Replace(" ", "")));
        StringAssert.Contains(text, "\"a name with spaces\"");
        StringAssert.Contains(text, "\"b c d\"");
    }

    [TestMethod]
    public void Color_OnlyWhereAsked()
    {
        Assert.IsFalse(SampleReports.Typical.ToText().Contains('\u001b'));
        var colored = SampleReports.Typical.ToText(color: true);
        StringAssert.Contains(colored, "\u001b[33mWARNING \u001b[0m");
        Assert.AreEqual(SampleReports.Typical.ToText(), System.Text.RegularExpressions.Regex.Replace(colored, "\u001b\\[[0-9]+m", ""));
    }

    [TestMethod]
    public void AnyReport_FitsTheWidthNamesEveryRuleAndHoldsNoControlCharacter() =>
        SampleReports.Any.Select(Gen.Int[40, 160]).Sample(
            (report, width) =>
            {
                var text = report.ToText(width);
                var longest = text.Split('\n').Max(l => l.Length);
                return longest <= width
                    && report.Findings.All(f => text.Contains(f.Rule.Id))
                    && !text.Any(c => char.IsControl(c) && c != '\n')
                    && !text.Contains('\u202E')
                    && IsWellFormed(text);
            },
            iter: 300);

    [TestMethod]
    public void WriteTo_OtherWriters_PlainAndHundredWide()
    {
        var writer = new StringWriter();
        SampleReports.Typical.WriteTo(writer);
        Assert.AreEqual(SampleReports.Typical.ToText(100), writer.ToString());
    }

    [TestMethod]
    public void BadInput_Sentences()
    {
        Assert.ThrowsExactly<ArgumentNullException>(() => ((DiagnosticReport)null!).ToText());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SampleReports.Typical.ToText(39));
        Assert.ThrowsExactly<ArgumentNullException>(() => SampleReports.Typical.WriteTo(null!));
    }

    [TestMethod]
    public void NameOfTenMillionCharacters_IsCut()
    {
        var finding = SampleReports.Finding(SampleReports.Scale, Subject.Column(new string('n', 10_000_000)), new string('m', 10_000_000));
        var report = SampleReports.Typical with { Findings = [finding] };
        Assert.IsTrue(report.ToText().Length < 20_000);
        Assert.IsTrue(report.ToJson().Length < 20_000);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) || (char.IsHighSurrogate(text[i]) && (i + 1 == text.Length || !char.IsLowSurrogate(text[++i]))))
                return false;
        }

        return true;
    }
}
