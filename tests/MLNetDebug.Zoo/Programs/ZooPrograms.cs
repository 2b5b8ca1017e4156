using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Faults;

namespace MLNetDebug.Zoo.Programs;

/// <summary>The sick programs: for each rule at least one on Score, two bases where there is more than one way to be hit.</summary>
internal static class ZooPrograms
{
    private static readonly Subject AnyLabel = new(SubjectKind.Label, "Label");

    private static readonly Subject AnySplit = new(SubjectKind.Split, "");

    public static IReadOnlyList<ZooProgram> All { get; } =
    [
        Sick("scale-regression", "regression", new ColumnScaled(4, 1e3f), [5], RuleIds.FeatureScale, Slot(4)),
        Sick("scale-diabetes", "diabetes", new ColumnScaled(2, 1e3f), [5], RuleIds.FeatureScale, Slot(2)),
        Sick("infinity-weak", "weak-binary", new CellsReplaced(3, 0.001, float.PositiveInfinity), [13], RuleIds.InfiniteFeature, Slot(3)),
        Sick("constant-wine", "wine", new ColumnConstant(5, 2), [5], RuleIds.ConstantFeature, Subject.Column("Features")),
        Sick("sorted-census", "census", new RowsSorted(), [6], RuleIds.UnshuffledRows, AnyLabel),
        Sick("pool-digits", "digits", new RowsPoolShuffled(300), [6], RuleIds.UnshuffledRows, AnyLabel),
        Sick("runs-images", "images", new RowsInRuns(32), [7], RuleIds.OneLabelBatches, AnyLabel),
        Sick("sorted-digits", "digits", new RowsSorted(), [7], RuleIds.OneLabelBatches, AnyLabel),
        Sick("missing-label-digits", "digits", new LabelsMissing(0.02), [10], RuleIds.MissingLabel, AnyLabel),
        Sick("missing-target", "regression", new LabelsMissing(0.02), [10], RuleIds.MissingLabel, AnyLabel),
        Sick("random-images", "images", new LabelsPermuted(), [10], RuleIds.LabelsUnrelated, AnyLabel),
        Sick("random-digits", "digits", new LabelsPermuted(), [10], RuleIds.LabelsUnrelated, AnyLabel),
        Sick("flipped-digits", "digits", new LabelsFlipped(0.1), [10], RuleIds.LabelErrors, AnyLabel),
        Sick("flipped-wine", "wine", new LabelsFlipped(0.1), [10], RuleIds.LabelErrors, AnyLabel),
        Sick("contradicted-tails", "heavy-tails", new RowsContradicted(0.1), [10], RuleIds.ConflictingLabels, AnyLabel),
        Sick("contradicted-digits", "digits", new RowsContradicted(0.1), [10], RuleIds.ConflictingLabels, AnyLabel),
        Sick("thinned-digits", "digits", new ClassThinned(3, 0.04), [7], RuleIds.ClassImbalance, AnyLabel),
        Sick("drift-regression", "regression", new ColumnDrifted(1, 0.5), [19], RuleIds.SplitShift, Slot(1)),
        Sick("drift-tails", "heavy-tails", new ColumnDrifted(4, 0.8), [19], RuleIds.SplitShift, Slot(4)),
        Sick("label-shift-census", "census", new TestClassThinned(0, 0.5), [19], RuleIds.LabelShift, AnyLabel),
        Sick("label-shift-weak", "weak-binary", new TestClassThinned(1, 0.5), [19], RuleIds.LabelShift, AnyLabel),
        Sick("decoupled", "correlated", new ColumnDecoupled(3), [19], RuleIds.MultivariateShift, AnySplit),
        Sick("leak-tails", "heavy-tails", new RowsLeaked(0.05), [19], RuleIds.SplitLeakage, AnySplit),
        Sick("leak-digits", "digits", new RowsLeaked(0.05), [19], RuleIds.SplitLeakage, AnySplit),
        Sick("target-leak-census", "census", new ColumnGivesLabel(1, 0.01f), [], RuleIds.TargetLeakage, Slot(1)),
        Sick("target-leak-regression", "regression", new ColumnGivesLabel(5, 0.01f), [], RuleIds.TargetLeakage, Slot(5)),
        Sick("file-na", "diabetes", new FileCells(3, 0.05, "n/a"), [], RuleIds.SilentlyReplacedCells, new Subject(SubjectKind.Column, "f03")),
        Sick("file-empty", "wine", new FileCells(1, 0.05, ""), [], RuleIds.SilentlyReplacedCells, new Subject(SubjectKind.Column, "f01")),
        Sick("target-scale", "regression", new TargetMoved(100), [5], RuleIds.TargetScale, AnyLabel) with { Trainer = ZooTrainers.OnlineGradientDescent },
        Sick("negative-labels", "images", new LabelsNegative(), [10], RuleIds.LabelType, AnyLabel),
        Sick("class-lost", "digits", new ClassLost(7), [10], RuleIds.LabelGaps, AnyLabel),
        Sick("one-class", "census", new OneClassLeft(0), [10], RuleIds.OneClass, AnyLabel),
        Sick("shifted-digits", "digits", new LabelsShiftedBy(1), [10], RuleIds.LabelsShifted, AnyLabel),
        Sick("shifted-rings", "rings", new LabelsShiftedBy(-2), [10], RuleIds.LabelsShifted, AnyLabel),
        Sick("groups-torn", "clinic", new GroupsTorn(), [19], RuleIds.GroupLeakage, Subject.Column("Group")),
        Sick("missing-weak", "weak-binary", new CellsReplaced(2, 0.1, float.NaN), [13], RuleIds.MissingFeature, Slot(2)),
        Sick("missing-diabetes", "diabetes", new CellsReplaced(7, 0.1, float.NaN), [13], RuleIds.MissingFeature, Slot(7)),
        .. FitPrograms.All,
        .. PredictionPrograms.All,
    ];

    private static ZooProgram Sick(string id, string of, Fault fault, int[] notes, string rule, Subject place) =>
        new(id, of, fault, notes, rule, place, ZooBases.Named(of).Split);

    private static Subject Slot(int slot) => Subject.Column("Features", slot);
}
