using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training.Rules;

[TestClass]
public sealed class InvalidProbabilitiesTests
{
    private static readonly ValidationRecord Sound = new() { Rows = 200, Classes = 3, InvalidRows = 0, NonFiniteRows = 0, MaxSumError = 1e-7, Min = 0, Max = 1, RowSpread = 0.3, MajorityShare = 0.4 };

    [TestMethod]
    public void Logits_in_their_place_are_an_error()
    {
        var finding = Judge(null, Sound with { InvalidRows = 200, FirstInvalidRow = 0, MaxSumError = 9, Min = -4, Max = 7 }).Single();
        Assert.AreEqual(new Subject(SubjectKind.Model, "Net").Name, finding.Subject.Name);
        Assert.AreEqual(1, finding.Subject.Epoch);
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.StartsWith("200 of 200 rows of held-out probabilities after epoch 1 are none (values from -4 to 7, a row's sum up to 9 off 1; first row 0 (counted from 0)): they look like logits; what a softmax", finding.Message);
        Assert.Contains("softmax(output, 1)", finding.Advice.Single().Code!);
    }

    [TestMethod]
    public void What_stands_there_is_named()
    {
        Assert.Contains("log-probabilities", Judge(Sound with { InvalidRows = 200, FirstInvalidRow = 0, MaxSumError = 9, Min = -4, Max = 0 }).Single().Message);
        Assert.Contains("do not sum to 1", Judge(Sound with { InvalidRows = 3, FirstInvalidRow = 7, MaxSumError = 0.5 }).Single().Message);
        var one = Judge(Sound with { Classes = 2, InvalidRows = 3, FirstInvalidRow = 7, MaxSumError = double.NaN, Min = -2, Max = 2 }).Single();
        Assert.Contains("output.sigmoid()", one.Advice.Single().Code!);
        Assert.DoesNotContain("sum", one.Message);
    }

    [TestMethod]
    public void Sound_rows_none_and_rows_that_are_not_finite_are_silent()
    {
        Assert.IsEmpty(Judge(Sound));
        Assert.IsEmpty(Judge(new ValidationRecord { Loss = 0.3, Accuracy = 0.9 }));
        Assert.IsEmpty(Judge(Sound with { InvalidRows = 5, NonFiniteRows = 5, FirstInvalidRow = 2 }));
        Assert.HasCount(1, Judge(Sound with { InvalidRows = 6, NonFiniteRows = 5, FirstInvalidRow = 2, Max = 3 }));
        Assert.IsEmpty(Judge());
        // Mended since.
        Assert.IsEmpty(Judge(Sound with { InvalidRows = 6, FirstInvalidRow = 2 }, Sound));
    }

    private static IReadOnlyList<Finding> Judge(params ValidationRecord?[] validations) => WindowsOfRuns.Judge(new InvalidProbabilities(), WindowsOfRuns.WithValidations(validations)).Findings;
}
