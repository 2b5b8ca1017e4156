namespace MLNetDebug.Data;

/// <summary>
/// Names a feature that alone tells the label nearly without error while no other comes close, or that is the label by another name. A strong
/// feature is not enough: petal length tells one iris from the others perfectly, and so does petal width.
/// </summary>
internal sealed class TargetLeakage(TargetLeakageOptions? options = null) : Rule<DataProfile>
{
    private const int MaxFindings = 5;

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
        foreach (var candidate in all.Where(c => c.Value >= InfoLimit(c.Kind)))
        {
            if (reported == MaxFindings)
                return;
            if (Reason(label, candidate) is { } reason)
                sink.NotChecked(candidate.Subject, reason, Math.Max(_options.MinimumRows, candidate.Association.Rows + 1));
            else if (Weigh(measured, label, candidate, all) is { } verdict)
            {
                sink.Report(Draft(measured, label, candidate, verdict));
                reported++;
            }
        }
    }

    private double InfoLimit(AssociationKind kind) => kind == AssociationKind.Auc ? Math.Min(_options.InfoAuc, _options.Auc) : _options.Limit(kind);

    private string? Reason(LabelProfile label, Candidate candidate)
    {
        if (candidate.Slot.Sketch!.Order is { } order && Math.Abs(order.Spearman) >= FollowsRows)
            return "its values follow the order of the rows, so that its dependence on the label may be the order's: shuffle the rows first";
        if (candidate.Association.Rows < _options.MinimumRows)
            return "too few labelled rows to tell a leak from chance";
        return candidate.Kind != AssociationKind.Spearman && label.Classes.Count > 0 && label.Classes.Min(c => c.Count) < _options.MinimumClassRows
            ? "the rarest class has too few rows to tell a leak from chance"
            : null;
    }

    /// <summary>The next feature, the times by which it is exceeded, and whether that makes a Warning; null for nothing to say.</summary>
    private Verdict? Weigh(DataProfile data, LabelProfile label, Candidate candidate, Candidate[] all)
    {
        var next = all.Where(c => c.Kind == candidate.Kind && !candidate.IsSameFeature(c)).Select(c => c.Value).DefaultIfEmpty(0).Max();
        var strong = candidate.Value >= _options.Limit(candidate.Kind);
        var several = candidate.Kind == AssociationKind.Auc && label.Classes.Count > 2;
        var error = several ? Purity(data, candidate) : double.NaN;
        if (strong && IsLabel(label, candidate, several, error))
            return new Verdict(next, double.PositiveInfinity, true, true);
        var alone = all.Select(c => (c.Column.Name, c.Slot.Index)).Distinct().Count() < 2;
        var least = 0.5 / candidate.Association.Rows;
        var times = (1 - next) / Math.Max(least, 1 - candidate.Value);
        if (several)
        {
            if (double.IsNaN(error))
                return null;
            var others = all.Where(c => c.Kind == candidate.Kind && !candidate.IsSameFeature(c)).Take(8)
                .Select(c => Purity(data, c)).Where(double.IsFinite).DefaultIfEmpty(1).Min();
            times = others / Math.Max(least, error);
            strong &= error <= 1 - _options.Auc;
        }

        return strong && !alone && times >= _options.Exceedance ? new Verdict(next, times, true, false)
            : times >= 4 && !several ? new Verdict(next, times, false, false)
            : null;
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

    private static double Purity(DataProfile data, Candidate candidate) =>
        data.Sample.Labels is { } labels && data.Sample.Find(candidate.Column.Name, candidate.Slot.Index) is { } column
            ? LabelPurity.ErrorShare(column, labels)
            : double.NaN;

    private FindingDraft Draft(DataProfile data, LabelProfile label, Candidate candidate, Verdict verdict)
    {
        var name = candidate.Subject.Display;
        var statistic = candidate.Kind switch { AssociationKind.Auc => "AUC", AssociationKind.Spearman => "|Spearman|", _ => "Cramér's V" };
        var how = verdict.IsLabel
            ? $"{name} of the {data.Name} has one value per class of '{label.Name}': it is the label by another name"
            : $"{name} of the {data.Name} alone tells '{label.Name}' with {statistic} {Precise(candidate.Value)}; the next feature reaches {Precise(verdict.Next)}";
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
                candidate.Column.IsVector
                    ? new Advice("Drop the slot unless its value is known when a prediction is asked for: leave its column out of the concatenation.", $"ml.Transforms.Concatenate({Words.Literal(candidate.Column.Name)}, /* all columns but {candidate.Slot.Name} */)")
                    : new Advice("Drop the column unless its value is known when a prediction is asked for.", $".Append(ml.Transforms.DropColumns({Words.Literal(candidate.Column.Name)}))"),
            ],
            Mend = candidate.Column.IsVector ? new DropSlotsMend(candidate.Column.Name, [candidate.Slot.Index]) : new DropColumnsMend([candidate.Column.Name]),
        };
    }

    private static string Precise(double value) => value.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Verdict(double Next, double Times, bool IsWarning, bool IsLabel);

    private sealed record Candidate(ColumnProfile Column, SlotProfile Slot, LabelAssociation Association)
    {
        public double Value => Association.Value;

        public AssociationKind Kind => Association.Kind;

        public Subject Subject => Column.SubjectOf(Slot);

        /// <summary>True for the same slot, and for slots of one one-hot group: they are one feature.</summary>
        public bool IsSameFeature(Candidate other) => ReferenceEquals(Column, other.Column)
            && (Slot.Index == other.Slot.Index
                || Column.CategoricalRanges.Any(r => r.First <= Math.Min(Slot.Index, other.Slot.Index) && Math.Max(Slot.Index, other.Slot.Index) <= r.Last));
    }
}
