using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Zoo.Faults;

/// <summary>A fault of the hold-out rows only.</summary>
internal abstract record TestFault : Fault
{
    public sealed override ZooCase Apply(ZooCase healthy, ZooRandom random) => healthy with { Test = Apply(healthy, healthy.Test!, random) };

    protected abstract ZooTable Apply(ZooCase healthy, ZooTable test, ZooRandom random);
}

/// <summary>One hold-out column moved by so many of its standard deviations.</summary>
internal sealed record ColumnDrifted(int Slot, double Deviations) : TestFault
{
    protected override ZooTable Apply(ZooCase healthy, ZooTable test, ZooRandom random)
    {
        var values = healthy.Train.Columns[Slot];
        var mean = values.Average(v => (double)v);
        var sd = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        return test.WithColumn(Slot, (v, _) => (float)(v + Deviations * sd));
    }
}

/// <summary>Two hold-out columns that no longer go together: one is permuted over the rows, so that each alone looks alike.</summary>
internal sealed record ColumnDecoupled(int Slot) : TestFault
{
    protected override ZooTable Apply(ZooCase healthy, ZooTable test, ZooRandom random)
    {
        var order = random.Permutation(test.Rows);
        return test.WithColumn(Slot, (_, i) => test.Columns[Slot][order[i]]);
    }
}

/// <summary>Hold-out rows of one class thinned out.</summary>
internal sealed record TestClassThinned(int Class, double Left) : TestFault
{
    protected override ZooTable Apply(ZooCase healthy, ZooTable test, ZooRandom random) =>
        test.Select([.. Enumerable.Range(0, test.Rows).Where(i => test.Label[i] != Class || random.Uniform() < Left)]);
}

/// <summary>A share of the hold-out rows replaced by training rows.</summary>
internal sealed record RowsLeaked(double Share) : TestFault
{
    protected override ZooTable Apply(ZooCase healthy, ZooTable test, ZooRandom random)
    {
        var leaked = Math.Max(1, (int)(Share * test.Rows));
        var copies = healthy.Train.Select(random.Permutation(healthy.Train.Rows)[..leaked]);
        var both = copies.Append(test.Select([.. Enumerable.Range(leaked, test.Rows - leaked)]));
        return both.Select(random.Permutation(both.Rows));
    }
}

/// <summary>Rows split at random although they come in groups, so that most groups stand on both sides.</summary>
internal sealed record GroupsTorn : Fault
{
    public override ZooCase Apply(ZooCase healthy, ZooRandom random)
    {
        var all = healthy.Train.Append(healthy.Test!);
        var order = random.Permutation(all.Rows);
        return healthy with { Train = all.Select(order[..healthy.Train.Rows]), Test = all.Select(order[healthy.Train.Rows..]) };
    }
}
