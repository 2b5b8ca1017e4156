using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Data;

/// <summary>Options of MLD116.</summary>
public sealed record SilentlyReplacedCellsOptions : RuleOptions
{
    /// <summary>Share of a column's rows from which replaced cells are a Warning, in [0, 1]; below it Info. Default 0: every one is.</summary>
    [Range(0.0, 1.0)]
    public double Share { get; init; }

    /// <summary>At most so many columns get a finding of their own, the gravest first, at least 1; one more finding sums up the others. Default 10.</summary>
    [Range(1, 10_000)]
    public int MaxFindings { get; init; } = 10;
}

/// <summary>Cells of a text file that ML.NET's loader turns into 0, NaN or nothing without a word, and cells at which it will throw.</summary>
internal sealed class SilentlyReplacedCells(SilentlyReplacedCellsOptions? options = null) : Rule<FileCheck>
{
    private readonly SilentlyReplacedCellsOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.SilentlyReplacedCells, nameof(RuleIds.SilentlyReplacedCells), "Cells a text loader replaces with 0, NaN or nothing without a word.",
        RuleCategory.Data, Severity.Warning, ProofKind.Fact);

    public override RuleOptions Options => _options;

    protected override void Judge(FileCheck measured, FindingSink sink)
    {
        foreach (var notChecked in measured.NotChecked)
            sink.NotChecked(notChecked.Subject, notChecked.Reason);
        if (measured.Rows == 0)
        {
            sink.NotChecked(new Subject(SubjectKind.File, measured.FileName), "the file holds no row", 1);
            return;
        }

        foreach (var draft in FileFindings.Of(measured))
            sink.Report(draft);

        // One finding per column and fate; where slots of one vector share a fate they are named together.
        var cells = measured.Fates.GroupBy(f => (f.Column, f.Fate)).Select(g => g.ToArray()).Where(g => !Explained(measured, g))
            .Select(g => (Fates: g, Draft: CellFindings.Of(measured, g, _options.Share)))
            .OrderByDescending(c => c.Draft.Severity)
            .ToArray();
        foreach (var (_, draft) in cells.Take(_options.MaxFindings))
            sink.Report(draft);
        if (cells.Length > _options.MaxFindings)
            sink.Report(CellFindings.Others(measured, [.. cells.Skip(_options.MaxFindings)]));
    }

    /// <summary>Where only the unnamed header line is at fault, the file's own finding says so.</summary>
    private static bool Explained(FileCheck file, ColumnFate[] fates) => file.FirstRowIsHeader
        && fates[0].Fate is CellFate.TextToNaN or CellFate.Throws or CellFate.KeyToMissing or CellFate.MissingMark
        && fates.All(f => f.Where.Count == 1 && f.Where.Lines[0] == file.FirstLine);
}
