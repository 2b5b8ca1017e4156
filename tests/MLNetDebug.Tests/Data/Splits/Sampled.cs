using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Splits;

/// <summary>Builds profiles with a complete sample, fingerprints and labels by hand: one scalar column per entry.</summary>
internal sealed class Sampled
{
    private readonly List<ColumnProfile> _columns = [];
    private readonly List<SampleColumn> _samples = [];
    private float[]? _labels;
    private LearningTask _task;
    private RowFingerprints? _fingerprints;

    public static Sampled Split => new();

    public Sampled Numbers(string name, float[] values, ColumnRole role = ColumnRole.Feature) =>
        Add(name, ColumnKind.Number, role, Moments(Array.ConvertAll(values, v => (double)v), name), s => new SampleColumn
        {
            Column = name,
            Slot = 0,
            Kind = ColumnKind.Number,
            Role = role,
            Subject = s,
            Singles = values,
        });

    public Sampled Doubles(string name, double[] values, ColumnKind kind = ColumnKind.Number, ColumnRole role = ColumnRole.Feature) =>
        Add(name, kind, role, Moments(values, name), s => new SampleColumn
        {
            Column = name,
            Slot = 0,
            Kind = kind,
            Role = role,
            Subject = s,
            Doubles = values,
        });

    public Sampled Texts(string name, string[] values, ColumnRole role = ColumnRole.Feature)
    {
        var slot = new SlotProfile { Index = 0, Name = name, Count = values.Length, Missing = values.Count(v => v.Length == 0) };
        return Add(name, ColumnKind.Text, role, slot, s => new SampleColumn
        {
            Column = name,
            Slot = 0,
            Kind = ColumnKind.Text,
            Role = role,
            Subject = s,
            Codes = [.. values.Select(Code)],
            Texts = values.Where(v => v.Length > 0).Distinct().ToDictionary(Code, v => v),
        });
    }

    public Sampled Classes(params float[] labels)
    {
        (_labels, _task) = (labels, LearningTask.MulticlassClassification);
        return this;
    }

    public Sampled Target(params float[] labels)
    {
        (_labels, _task) = (labels, LearningTask.Regression);
        return this;
    }

    public Sampled Fingerprints(ulong[] features, uint[]? labels = null, uint[]? ids = null, int level = 0)
    {
        _fingerprints = new RowFingerprints
        {
            Level = level,
            Features = features,
            Labels = labels ?? new uint[features.Length],
            Ids = ids ?? [.. features.Select((_, i) => (uint)i)],
            Positions = [.. features.Select((_, i) => (uint)i)],
        };
        return this;
    }

    public DataProfile ToProfile(string name, int? rowCount = null)
    {
        var rows = rowCount ?? (_samples.Count > 0 ? _samples[0].Count : _labels?.Length ?? _fingerprints?.Features.Length ?? 0);
        return new DataProfile
        {
            Name = name,
            RowCount = rows,
            Declaration = new DataDeclaration
            {
                Label = _labels is null ? null : "Label",
                Task = _task,
                Features = [.. _columns.Where(c => c.Role == ColumnRole.Feature).Select(c => c.Name)],
                Group = _columns.FirstOrDefault(c => c.Role == ColumnRole.Group)?.Name,
                Time = _columns.FirstOrDefault(c => c.Role == ColumnRole.Time)?.Name,
            },
            Columns = _columns,
            RowIds = new RowIdProfile(),
            Sample = new DataSample(0, [.. Enumerable.Range(0, rows).Select(i => (long)i)], _samples, _labels),
            Fingerprints = _fingerprints,
            Label = _labels is null ? null : Label(_labels),
        };
    }

    /// <summary>The comparison of two splits built alike.</summary>
    public static SplitComparison Compare(Sampled train, Sampled test) =>
        SplitComparer.Compare(train.ToProfile("training data"), test.ToProfile("hold-out data"), CancellationToken.None);

    /// <summary>Seeded normal values.</summary>
    public static float[] Normal(int rows, int seed, double mean = 0, double deviation = 1)
    {
        // Neighbouring seeds of Random give related sequences; hashed ones do not.
        var random = new Random((int)System.IO.Hashing.XxHash3.HashToUInt64(BitConverter.GetBytes(seed)));
        return [.. Enumerable.Range(0, rows).Select(_ => (float)(mean + deviation * Profiles.Gauss(random)))];
    }

    private Sampled Add(string name, ColumnKind kind, ColumnRole role, SlotProfile slot, Func<Subject, SampleColumn> sample)
    {
        _columns.Add(new ColumnProfile { Name = name, Index = _columns.Count, Kind = kind, TypeText = kind.ToString(), Role = role, Slots = [slot] });
        _samples.Add(sample(Subject.Column(name)));
        return this;
    }

    // What the comparison reads of a slot and no more: many rows are profiled here.
    private static SlotProfile Moments(double[] values, string name)
    {
        double[] finite = Array.FindAll(values, double.IsFinite);
        var mean = finite.Length == 0 ? double.NaN : finite.Average();
        return new SlotProfile
        {
            Index = 0,
            Name = name,
            Count = values.Length,
            Missing = values.Count(double.IsNaN),
            Min = finite.Length == 0 ? double.NaN : finite.Min(),
            Max = finite.Length == 0 ? double.NaN : finite.Max(),
            Mean = mean,
            Variance = finite.Length < 2 ? 0 : finite.Sum(v => (v - mean) * (v - mean)) / (finite.Length - 1),
        };
    }

    private static LabelProfile Label(float[] labels) => new()
    {
        Name = "Label",
        Kind = ColumnKind.Number,
        TypeText = "Single",
        Count = labels.Length,
        NonInteger = labels.Count(v => v != MathF.Truncate(v)),
        Classes = [.. labels.GroupBy(v => v).OrderBy(g => g.Key).Select(g => new ClassCount(g.Key, $"class {g.Key}", g.Count()))],
        Moments = Moments(Array.ConvertAll(labels, v => (double)v), "Label"),
    };

    // A text of the test's own has a code of its own; 0 is kept for missing ones.
    private static ulong Code(string text) => text.Length == 0 ? 0 : System.IO.Hashing.XxHash3.HashToUInt64(System.Text.Encoding.UTF8.GetBytes(text));
}
