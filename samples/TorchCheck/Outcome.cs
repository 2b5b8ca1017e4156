using MLNetDebug;

namespace TorchCheck;

/// <summary>What came of one network, broken and mended.</summary>
internal sealed record Outcome(BrokenNetwork Network, DiagnosticReport Report, double Broken, double Mended, DiagnosticReport MendedReport)
{
    public Finding? Finding => Report.Of(Network.ExpectedRule).FirstOrDefault();

    /// <summary>Null where the sample shows what it is meant to show.</summary>
    public string? Problem =>
        Finding is null ? $"{Network.Name}: {Network.ExpectedRule} was not found."
        : MendedReport.Worst > Severity.Info ? $"{Network.Name}: mended, it still has {MendedReport.Findings[0].Rule.Id}."
        : Mended < Broken + 0.02 ? $"{Network.Name}: {Broken:0.000} broken and {Mended:0.000} mended; the mend shows nothing."
        : null;
}
