namespace MLNetDebug.Data;

/// <summary>The tests of one column, each put into the report's family, and what they say once it is adjusted.</summary>
internal sealed class ColumnTests
{
    private readonly SplitShiftOptions _options;
    private readonly Hypothesis? _shift;
    private readonly Hypothesis? _unseen;
    private readonly Hypothesis? _new;
    private readonly Hypothesis? _missing;

    public ColumnTests(ColumnComparison column, SplitShiftOptions options, FindingSink sink)
    {
        Column = column;
        _options = options;
        if (column.Numeric is { } numeric)
        {
            _shift = ShiftTests.Distance(sink, column.Subject, numeric, options.InfoFloor);
            _unseen = ShiftTests.Unseen(sink, column.Subject, numeric, options.UnseenFloor);
        }

        if (column.Categories is { } categories)
        {
            _shift = ShiftTests.Variation(sink, column.Subject, categories, options.InfoFloor);
            _new = ShiftTests.NewCategory(sink, column.Subject, categories, options.NewCategoryFloor);
        }

        // Where nothing is missing on either side there is nothing to test: the total is given, only its place could differ.
        var missing = column.Missing;
        if (missing.Train + missing.Test > 0)
        {
            var pooled = (double)(missing.Train + missing.Test) / (missing.TrainRows + missing.TestRows);
            _missing = sink.Test(
                column.Subject, missing.PValue, missing.Difference, options.MissingFloor,
                level => RandomSplit.ShareResolution(level, pooled, missing.TrainRows, missing.TestRows));
        }
    }

    public ColumnComparison Column { get; }

    /// <summary>Smallest distance these rows could show; NaN where there was no such test.</summary>
    public double Resolution => _shift?.Resolution ?? double.NaN;

    /// <summary>Warning, Info, or None where nothing above the floors was found.</summary>
    public Severity Severity =>
        (_shift.IsSure() && _shift!.Effect >= _options.WarningFloor) || _unseen.IsSure() || _new.IsSure() || _missing.IsSure() ? Severity.Warning
            : Found().Any() ? Severity.Info
            : Severity.None;

    /// <summary>How large what was found is in units of its floor, to put the worst column first.</summary>
    public double Weight => Found().Select(h => h.Effect / h.Floor).DefaultIfEmpty(0).Max();

    /// <summary>True where the distance is significant and below the floor.</summary>
    public bool IsSignificantButSmall => Severity == Severity.None && _shift is { IsSignificant: true };

    /// <summary>The distance tested, or NaN.</summary>
    public double Effect => _shift?.Effect ?? double.NaN;

    public bool ShiftFound => _shift is { IsFound: true };

    public bool UnseenFound => _unseen is { IsFound: true };

    public bool NewFound => _new is { IsFound: true };

    public bool MissingFound => _missing is { IsFound: true };

    private IEnumerable<Hypothesis> Found() => new[] { _shift, _unseen, _new, _missing }.OfType<Hypothesis>().Where(h => h.IsFound);
}
