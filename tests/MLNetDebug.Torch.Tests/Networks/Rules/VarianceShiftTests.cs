using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class VarianceShiftTests
{
    private static readonly VarianceShift Rule = new();

    private static readonly BatchNormRatio[] Shifted = [new("bn1", 0.7, 0.9), new("bn2", 0.5, 1)];

    [TestMethod]
    public void Another_variance_that_costs_loss_is_warned_of()
    {
        var finding = Rule.Judge(Measured(0.5, 0.4, 0.02, Shifted)).Findings.Single();
        Assert.AreEqual((Severity.Warning, Confidence.Confirmed, "bn2"), (finding.Severity, finding.Confidence, finding.Subject.Name));
        Assert.Contains("`bn2` meets 0.5 times the variance", finding.Message);
        Assert.Contains("2 of 2 layers", finding.Message);
        Assert.Contains("dropout on (`drop`)", finding.Message);
        Assert.Contains("from 0.5 to 0.4", finding.Message);
        Assert.AreEqual(5, finding.Evidence[3].Value, 1e-9);
        Assert.IsNotNull(finding.Proof);
    }

    [TestMethod]
    public void The_largest_ratio_either_way_is_the_place() =>
        Assert.AreEqual("bn1", Rule.Judge(Measured(0.5, 0.4, 0.02, [new("bn1", 2.5, 1), new("bn2", 0.5, 1)])).Findings.Single().Subject.Name);

    [TestMethod]
    public void One_layer_behind_dropout_is_enough() =>
        Assert.AreEqual("bn2", Rule.Judge(Measured(0.5, 0.4, 0.02, [new("bn1", 0.95, 0.1), new("bn2", 0.5, 1)])).Findings.Single().Subject.Name);

    [TestMethod]
    public void A_shift_without_harm_and_a_gain_without_shift_are_silent()
    {
        Rule.IsSilent(Measured(0.5, 0.5, 0.02, Shifted));
        Rule.IsSilent(Measured(0.5, 0.6, 0.02, Shifted));
        Rule.IsSilent(Measured(0.5, 0.4, 0.04, Shifted));
        Rule.IsSilent(Measured(0.5, 0.4, 0.02, [new("bn1", 0.9, 0.3), new("bn2", 1.1, 0.2)]));
        Rule.IsSilent(Measured(0.5, 0.4, 0.02, []));
        Rule.IsSilent(new StructureProfile(32, 4).Norm("bn"));
    }

    [TestMethod]
    public void The_boundary_is_an_option()
    {
        Rule.IsSilent(Measured(1, 0.951, 0.001, Shifted));
        Assert.HasCount(1, Rule.Judge(Measured(1, 0.949, 0.001, Shifted)).Findings);
        Assert.HasCount(1, new VarianceShift(new() { LeastGain = 0 }).Judge(Measured(1, 0.99, 0.001, Shifted)).Findings);
        new VarianceShift(new() { StandardErrors = 6 }).IsSilent(Measured(0.5, 0.4, 0.02, Shifted));
        Assert.ThrowsExactly<ArgumentException>(() => new VarianceShift(new() { MostOf = 2 }).Judge(Measured(1, 1, 1, Shifted)));
    }

    [TestMethod]
    public void What_cannot_be_told_is_said()
    {
        Assert.Contains("not finite", Rule.Judge(Measured(double.NaN, 0.4, 0.02, Shifted)).NotChecked.Single().Reason);
        Assert.Contains("gives no rows", Rule.Judge(Measured(0.5, 0.4, double.NaN, Shifted)).NotChecked.Single().Reason);
        Rule.IsSilent(Measured(0.5, 0.5, double.NaN, Shifted));
    }

    private static NetworkProfile Measured(double before, double after, double error, BatchNormRatio[] layers) =>
        new StructureProfile(32, 4).Dropout("drop").Norm("bn1").Norm("bn2").Profile with
        {
            Recalibration = new RecalibrationProfile { Loss = before, RecalibratedLoss = after, StandardError = error, Layers = layers },
        };
}
