using System.Collections.ObjectModel;
using System.Globalization;

namespace MLNetDebug.AutoML;

/// <summary>The values that a trial is trained with, by name. Two with the same values are equal.</summary>
public sealed class TrialParameters : IEquatable<TrialParameters>
{
    /// <summary>The name of the learning rate.</summary>
    public const string LearningRateName = "LearningRate";

    /// <summary>The name of the batch size.</summary>
    public const string BatchSizeName = "BatchSize";

    private readonly SortedDictionary<string, double> _values = new(StringComparer.Ordinal);

    /// <summary>Takes the values.</summary>
    /// <param name="values">Finite numbers by name; of a <see cref="ChoiceOption"/> the place of the chosen text, from 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    /// <exception cref="ArgumentException">A value is not finite, or a name stands twice.</exception>
    public TrialParameters(IEnumerable<KeyValuePair<string, double>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var (name, value) in values)
        {
            if (!double.IsFinite(value) || !_values.TryAdd(name, value))
                throw new ArgumentException($"Parameter '{name}' is {value.ToString(CultureInfo.InvariantCulture)} or stands twice: finite values are expected, one for each name.", nameof(values));
        }

        Values = new ReadOnlyDictionary<string, double>(_values);
    }

    /// <summary>All values, in the order of their names.</summary>
    public IReadOnlyDictionary<string, double> Values { get; }

    /// <summary>The learning rate; NaN where the space has none.</summary>
    public double LearningRate => _values.TryGetValue(LearningRateName, out var rate) ? rate : double.NaN;

    /// <summary>The batch size; 0 where the space has none.</summary>
    public int BatchSize => _values.TryGetValue(BatchSizeName, out var size) ? (int)size : 0;

    /// <summary>A value by name.</summary>
    /// <param name="name">The name of a dimension of the space.</param>
    /// <exception cref="KeyNotFoundException">The space has no such dimension; the message names those it has.</exception>
    public double this[string name] => _values.TryGetValue(name, out var value)
        ? value
        : throw new KeyNotFoundException($"The search space has no '{name}'; it has {string.Join(", ", _values.Keys)}.");

    /// <inheritdoc/>
    public bool Equals(TrialParameters? other) => other is not null && _values.SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TrialParameters);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var (name, value) in _values)
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <summary>Such as <c>LearningRate 0.01, BatchSize 32</c>; of a <see cref="ChoiceOption"/> the place of the chosen text, since only the study knows the texts (<see cref="StudySnapshot.Choice"/>).</summary>
    public override string ToString() => string.Join(", ", _values.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Key} {v.Value:G4}")));
}
