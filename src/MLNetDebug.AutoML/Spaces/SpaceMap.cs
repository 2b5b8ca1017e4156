namespace MLNetDebug.AutoML.Spaces;

/// <summary>
/// Maps a search space onto the unit cube. A learning rate stands by its place within its batch size's own span: what is too large for a small batch may be right for a large one, and a model of the
/// metric need not learn that again.
/// </summary>
internal sealed class SpaceMap
{
    // A range test has some dozen steps: a training of some thousands moves at a tenth of the rate that moves it.
    private const double BelowMoving = 10;

    private readonly SearchSpace _space;
    private readonly Dictionary<int, NumberDimension> _rates = [];
    private readonly List<Dimension> _others = [];

    /// <param name="space">The space.</param>
    /// <param name="brackets">What range tests have shown, by batch size; 0 stands for a space without batch sizes.</param>
    /// <param name="trials">The search's trials so far: rates that are known to diverge are left out. Other options may move that boundary, and where there are any it is not believed.</param>
    public SpaceMap(SearchSpace space, IReadOnlyDictionary<int, LearningRateBracket> brackets, IEnumerable<TrialRecord> trials)
    {
        _space = space;
        Sizes = space.BatchSizes.Count == 0 ? [0] : space.BatchSizes;
        if (space.LearningRate is { } whole)
        {
            var caps = space.Options.Count > 0 ? new Dictionary<int, double>() : DivergenceCaps.Of(trials, Sizes);
            foreach (var size in Sizes)
            {
                var span = Capped(Narrowed(whole, brackets.GetValueOrDefault(size)), caps.GetValueOrDefault(size, double.NaN));
                _rates[size] = new NumberDimension(TrialParameters.LearningRateName, span.Low, span.High, true);
                Spans[size] = span;
            }
        }

        Batch = space.BatchSizes.Count > 1 ? new ListDimension(TrialParameters.BatchSizeName, [.. space.BatchSizes.Select(s => (double)s)]) : null;
        _others.AddRange(space.Options.Select(Of));
    }

    /// <summary>The batch sizes; 0 alone where there are none.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>The rates that are searched, by batch size.</summary>
    public Dictionary<int, LearningRateSpan> Spans { get; } = [];

    public ListDimension? Batch { get; }

    /// <summary>How many numbers a place has.</summary>
    public int Dimensions => (_rates.Count > 0 ? 1 : 0) + (Batch is null ? 0 : 1) + _others.Count;

    /// <summary>The parameters at a place in the unit cube.</summary>
    /// <param name="unit">A number in [0, 1] for each dimension: batch size, learning rate, the other options.</param>
    public TrialParameters At(ReadOnlySpan<double> unit)
    {
        List<KeyValuePair<string, double>> values = [];
        var at = 0;
        var size = Batch is { } batch ? (int)batch.FromUnit(unit[at++]) : Sizes[0];
        if (size > 0)
            values.Add(new(TrialParameters.BatchSizeName, size));
        if (_rates.Count > 0)
            values.Add(new(TrialParameters.LearningRateName, _rates[size].FromUnit(unit[at++])));
        foreach (var other in _others)
            values.Add(new(other.Name, other.FromUnit(unit[at++])));
        return new TrialParameters(values);
    }

    /// <summary>The place of some parameters.</summary>
    public double[] PlaceOf(TrialParameters parameters)
    {
        var place = new double[Dimensions];
        var at = 0;
        if (Batch is { } batch)
            place[at++] = batch.ToUnit(parameters.BatchSize);
        if (_rates.Count > 0)
            place[at++] = _rates[_rates.ContainsKey(parameters.BatchSize) ? parameters.BatchSize : Sizes[0]].ToUnit(parameters.LearningRate);
        foreach (var other in _others)
            place[at++] = other.ToUnit(parameters[other.Name]);
        return place;
    }

    /// <summary>Some parameters with another batch size and rate; the other options stand in the middle of their ranges.</summary>
    public TrialParameters With(int size, double rate)
    {
        var place = Enumerable.Repeat(0.5, Dimensions).ToArray();
        var middle = At(place).Values.ToDictionary();
        if (size > 0)
            middle[TrialParameters.BatchSizeName] = size;
        if (_space.LearningRate is not null)
            middle[TrialParameters.LearningRateName] = Math.Clamp(rate, Spans[size].Low, Spans[size].High);
        return new TrialParameters(middle);
    }

    private static LearningRateSpan Narrowed(LearningRateSpan whole, LearningRateBracket? bracket)
    {
        if (bracket is null)
            return whole;
        var low = double.IsFinite(bracket.Moves) ? Math.Clamp(bracket.Moves / BelowMoving, whole.Low, whole.High) : whole.Low;
        var high = double.IsFinite(bracket.DivergesHigh) ? Math.Clamp(bracket.DivergesHigh, whole.Low, whole.High) : whole.High;
        // Where the test contradicts itself it has shown nothing.
        return low < high ? new LearningRateSpan(low, high) : whole;
    }

    private static LearningRateSpan Capped(LearningRateSpan span, double cap) => cap > span.Low && cap < span.High ? span with { High = cap } : span;

    private static Dimension Of(SearchOption option) => option switch
    {
        NumberOption number => new NumberDimension(number.Name, number.Low, number.High, number.IsLogarithmic),
        WholeNumberOption whole => new ListDimension(whole.Name, [.. Enumerable.Range(0, whole.High - whole.Low + 1).Select(i => (double)(whole.Low + i))]),
        ChoiceOption choice => new ListDimension(choice.Name, [.. Enumerable.Range(0, choice.Choices.Count).Select(i => (double)i)]),
        _ => throw new ArgumentException($"Option '{option.Name}' is a {option.GetType().Name}; expected {nameof(NumberOption)}, {nameof(WholeNumberOption)} or {nameof(ChoiceOption)}."),
    };
}
