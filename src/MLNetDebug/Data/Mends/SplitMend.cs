using System.Globalization;
using Microsoft.ML;

namespace MLNetDebug.Data;

/// <summary>Splits all rows anew. <see cref="Mend.Apply"/> takes the rows of both splits and gives the training part.</summary>
/// <param name="Kind">How.</param>
/// <param name="Column">The label, group or time column; null for random.</param>
/// <param name="TestFraction">Share of rows to hold out, in (0, 1).</param>
/// <param name="Seed">The seed.</param>
public sealed record SplitMend(SplitKind Kind, string? Column, double TestFraction = 0.2, int Seed = 1)
    : Mend(
        Kind switch
        {
            SplitKind.Stratified => $"Split the rows anew, each class of '{Column}' in the same share.",
            SplitKind.Group => $"Split the rows anew, each group of '{Column}' on one side.",
            SplitKind.Time => $"Split the rows anew, later rows by '{Column}' held out.",
            _ => "Split the rows anew, at random.",
        },
        CodeOf(Kind, Column, TestFraction, Seed, []))
{
    /// <summary>The columns that make two rows equal; empty for every column but <see cref="Column"/>.</summary>
    public IReadOnlyList<string> Features
    {
        get;
        init
        {
            field = value;
            Code = CodeOf(Kind, Column, TestFraction, Seed, value);
        }
    } = [];

    /// <summary>Splits; rows with equal features never stand on both sides. Reads the data once; the parts are lazy.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="data">All rows.</param>
    /// <returns>The two parts.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">The data lacks a column, or cannot be split so.</exception>
    public DataSplit Split(MLContext ml, IDataView data)
    {
        MendChecks.Arguments(ml, data);
        var sides = SplitPlan.Sides(data, this);
        return new DataSplit(Part(ml, data, data, sides, SplitPlan.Train), Part(ml, data, data, sides, SplitPlan.Test));
    }

    /// <summary>Splits the rows of two splits anew, for users who have no view of all rows.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="train">The training split that was checked.</param>
    /// <param name="test">The hold-out split that was checked, of the same columns.</param>
    /// <returns>The two new parts.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">The splits differ in their columns, lack one, or cannot be split so.</exception>
    public DataSplit Split(MLContext ml, IDataView train, IDataView test)
    {
        MendChecks.Arguments(ml, train);
        ArgumentNullException.ThrowIfNull(test);
        var all = new ConcatenatedView(train, test);
        var sides = SplitPlan.Sides(all, this);
        return new DataSplit(Part(ml, train, all, sides, SplitPlan.Train), Part(ml, train, all, sides, SplitPlan.Test));
    }

    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data) => Split(ml, data).TrainSet;

    private static string CodeOf(SplitKind kind, string? column, double fraction, int seed, IReadOnlyList<string> features) => string.Create(
        CultureInfo.InvariantCulture,
        $"var split = new SplitMend(SplitKind.{kind}, {MendCode.Text(column)}, {fraction:R}, {seed}){(features.Count == 0 ? string.Empty : $" {{ Features = [{MendCode.Texts(features)}] }}")}.Split(ml, train, test);");

    private static IDataView Part(MLContext ml, IDataView source, IDataView all, byte[] sides, byte side) =>
        MendChecks.KeepShuffling(ml, source, new FilteredView(all, [], _ => new SideTest(sides, side), byPosition: true));

    private sealed class SideTest(byte[] sides, byte side) : RowTest
    {
        public override bool Keep(long position) => position < sides.Length
            ? sides[position] == side
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The data had {sides.Length} rows when it was split and has more now."));
    }
}
