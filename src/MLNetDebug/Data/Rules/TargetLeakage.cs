namespace MLNetDebug.Data;

/// <summary>
/// Names a feature that alone tells the label nearly without error while no other comes close, or that is the label by another name. A strong
/// feature is not enough: petal length tells one iris from the others perfectly, and so does petal width.
/// </summary>
internal sealed class TargetLeakage(TargetLeakageOptions? options = null) : Rule<DataProfile>
{
    private const int MaxFindings = 5;

    /// <summary>At most so many features are weighed, strongest first.</summary>
    private const int MaxCandidates = 64;

    /// <summary>With several classes the best of so many other features is the next one.</summary>
    private const int NextFeatures = 8;

    /// <summary>|Spearman| with the row's position from which a column is an id or a clock.</summary>
    private const double FollowsRows = 0.99;

    private readonly TargetLeakageOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.TargetLeakage, nameof(RuleIds.TargetLeakage), "One feature alone gives the label away.",
        RuleCategory.Data, Severity.Warning, ProofKind.Fact);

    public override RuleOptions Options => _options;

    protected override void Judge(DataProfile measured, FindingSink sink)
    {
        if (measured.Label is not { } label || measured.Declaration.Task == LearningTask.Ranking)
            return;
        Candidate[] all =
        [
            .. from column in measured.FeatureColumns
               from slot in column.Slots
               let association = slot.Sketch?.Association
               where association is not null && double.IsFinite(association.Value)
               orderby association.Value descending
               select new Candidate(column, slot, association),
        ];
        var reported = 0;
        foreach (var candidate in all.Where(c => c.Value >= InfoLimit(c.Kind)).Take(MaxCandidates))
        {
            if (reported == MaxFindings)
                return;
            if (Reason(measured, label, candidate) is { } reason)
                sink.NotChecked(candidate.Subject, reason, Math.Max(_options.MinimumRows, candidate.Association.Rows + 1));
            else if (Weigh(measured, label, candidate, all) is { } verdict)
            {
                sink.Report(Draft(measured, label, candidate, verdict));
                reported++;
            }
        }
    }

    private double InfoLimit(AssociationKind kind) => kind == AssociationKind.Auc ? Math.Min(_options.InfoAuc, _options.Auc) : _options.Limit(kind);

    private string? Reason(DataProfile data, LabelProfile label, Candidate candidate)
    {
        if (candidate.Slot.Sketch!.Order is { } order && Math.Abs(order.Spearman) >= FollowsRows)
            return "its values follow the order of the rows, so that its dependence on the label may be the order's: shuffle the rows first";
        if (IsSeveral(label, candidate) && Sampled(data, candidate) is null)
            return "the profile holds no sampled values of it, and one class told apart is not all of them";
        if (candidate.Association.Rows < _options.MinimumRows)
            return "too few labelled rows to tell a leak from chance";
        return candidate.Kind != AssociationKind.Spearman && label.Classes.Count > 0 && label.Classes.Min(c => c.Count) < _options.MinimumClassRows
            ? "the rarest class has too few rows to tell a leak from chance"
            : null;
    }

    /// <summary>The next feature, the times by which it is exceeded, and whether that makes a Warning; null for nothing to say.</summary>
    private Verdict? Weigh(DataProfile data, LabelProfile label, Candidate candidate, Candidate[] all)
    {
        Candidate[] others = [.. all.Where(c => c.Kind == candidate.Kind && !candidate.IsSameFeature(c))];
        var next = others.Select(c => c.Value).DefaultIfEmpty(0).Max();
        var strong = candidate.Value >= _options.Limit(candidate.Kind);
        var several = IsSeveral(label, candidate);
        if (several && !strong)
            return null;
        var error = several ? Purity(data, candidate) : 1 - candidate.Value;
        if (strong && IsLabel(label, candidate, several, error))
            return new Verdict(next, double.PositiveInfinity, true) { IsLabel = true };
        var alone = all.Select(c => (c.Column.Name, c.Slot.Index)).Distinct().Count() < 2;
        var nextError = several ? others.Take(NextFeatures).Select(c => Purity(data, c)).Where(double.IsFinite).DefaultIfEmpty(1).Min() : 1 - next;
        var times = nextError / Math.Max(0.5 / candidate.Association.Rows, error);
        strong &= error <= 1 - _options.Limit(candidate.Kind);
        if (several && !strong)
            return null;
        return times < Math.Min(4, _options.Exceedance) ? null
            : new Verdict(next, times, strong && !alone && times >= _options.Exceedance) { Error = several ? error : null, NextError = several ? nextError : null };
    }

    /// <summary>As many values as classes, each with its own class: the label by another name, however easy the data are.</summary>
    private static bool IsLabel(LabelProfile label, Candidate candidate, bool several, double error)
    {
        var least = 0.5 / candidate.Association.Rows;
        return label.Classes.Count >= 2 && candidate.Slot.Sketch!.Distinct == label.Classes.Count && candidate.Kind switch
        {
            AssociationKind.Auc => several ? error <= least : candidate.Value >= 1 - least,
            AssociationKind.CramersV => candidate.Value >= 1 - 1e-6,
            _ => false,
        };
    }

    private static bool IsSeveral(LabelProfile label, Candidate candidate) => candidate.Kind == AssociationKind.Auc && label.Classes.Count > 2;

    private static SampleColumn? Sampled(DataProfile data, Candidate candidate) =>
        data.Sample.Labels is null ? null : data.Sample.Find(candidate.Column.Name, candidate.Slot.Index);

    private static double Purity(DataProfile data, Candidate candidate) =>
        candidate.Purity ??= Sampled(data, candidate) is { } column ? LabelPurity.ErrorShare(column, data.Sample.Labels) : double.NaN;

    private FindingDraft Draft(DataProfile data, LabelProfile label, Candidate candidate, Verdict verdict)
    {
        var name = candidate.Subject.Display;
        var statistic = candidate.Kind switch { AssociationKind.Auc => "AUC", AssociationKind.Spearman => "|Spearman|", _ => "Cramér's V" };
        var how = verdict.IsLabel
            ? $"{name} of the {data.Name} has one value per class of '{label.Name}': it is the label by another name"
            : verdict is { Error: { } error, NextError: { } nextError }
            ? $"{name} of the {data.Name} alone tells the {Words.Number(label.Classes.Count)} classes of '{label.Name}' apart with {Words.Percent(error)} of the rows wrong; " +
              $"the next feature gets {Words.Percent(nextError)} wrong"
            : $"{name} of the {data.Name} alone tells '{label.Name}' with {statistic} {Precise(candidate.Value)}; the next feature reaches {Precise(verdict.Next)}";
        Mend mend = candidate.Column.IsVector ? new DropSlotsMend(candidate.Column.Name, [candidate.Slot.Index]) : new DropColumnsMend([candidate.Column.Name]);
        return new FindingDraft(
            candidate.Subject,
            $"{how} ({Words.Count(candidate.Association.Rows, "row")}). " +
            (verdict.IsWarning
                ? "A model will use nothing else, and fail where that value is not known before the label is."
                : "That can be a fine feature; make sure that its value is known before the label is."))
        {
            Severity = verdict.IsWarning ? null : Severity.Info,
            Confidence = verdict.IsLabel ? Confidence.Confirmed : Confidence.Suspected,
            Evidence =
            [
                new Evidence(statistic + " of the feature alone", candidate.Value) { Threshold = _options.Limit(candidate.Kind) },
                new Evidence(statistic + " of the next feature", verdict.Next),
                .. double.IsFinite(verdict.Times)
                    ? [new Evidence("times closer to perfect than the next", verdict.Times) { Threshold = _options.Exceedance }]
                    : Array.Empty<Evidence>(),
            ],
            Advice =
            [
                new Advice($"Drop the {(candidate.Column.IsVector ? "slot" : "column")} unless its value is known when a prediction is asked for.", mend.Code),
            ],
            Mend = mend,
        };
    }

    private static string Precise(double value) => value.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Verdict(double Next, double Times, bool IsWarning)
    {
        public bool IsLabel { get; init; }

        /// <summary>With several classes the share of rows one interval per class gets wrong; null otherwise.</summary>
        public double? Error { get; init; }

        /// <summary>The same for the next feature.</summary>
        public double? NextError { get; init; }
    }

    private sealed record Candidate(ColumnProfile Column, SlotProfile Slot, LabelAssociation Association)
    {
        /// <summary>The error over all classes once it was asked for: sorting the sample is what this rule spends its time on.</summary>
        public double? Purity { get; set; }

        public double Value => Association.Value;

        public AssociationKind Kind => Association.Kind;

        public Subject Subject => Column.SubjectOf(Slot);

        /// <summary>True for the same slot, and for slots of one one-hot group: they are one feature.</summary>
        public bool IsSameFeature(Candidate other) => ReferenceEquals(Column, other.Column)
            && (Slot.Index == other.Slot.Index
                || Column.CategoricalRanges.Any(r => r.First <= Math.Min(Slot.Index, other.Slot.Index) && Math.Max(Slot.Index, other.Slot.Index) <= r.Last));
    }
}
