using System.Numerics;

namespace MLNetDebug.Data;

/// <summary>A row that confident learning suspects.</summary>
/// <param name="Row">Index of the row.</param>
/// <param name="Suggested">The most probable other class.</param>
/// <param name="Probability">Estimated probability that the given class is wrong.</param>
internal readonly record struct Suspect(int Row, int Suggested, float Probability);

/// <summary>
/// Finds wrong labels from out-of-sample class probabilities: one temperature, the confident joint as noise matrix T, the true classes un-mixed from p = T q by
/// Richardson-Lucy steps. The probability of an error is the mean of two views: e_u = 1 - q_y T_yy / sum_k q_k T_yk, and e_o = p_o / (p_o + p_y) with o the
/// best other class. Rows above 0.5 are suspects.
/// </summary>
internal static class ConfidentLearning
{
    /// <summary>Suspects have at least this probability of error.</summary>
    public const float Threshold = 0.5f;

    private const int Steps = 30;

    /// <summary>
    /// Where the given class leads with this share of the top two, e_o is at most a quarter, and the un-mixed view would have to exceed three quarters
    /// against it: such rows are passed over.
    /// </summary>
    private const float Settled = 0.75f;

    /// <param name="probabilities">Row-major, one row per label; calibrated in place.</param>
    /// <param name="labels">Class index by row.</param>
    /// <param name="classCount">Classes.</param>
    /// <returns>Suspects, most suspect first.</returns>
    public static List<Suspect> Find(Span<float> probabilities, ReadOnlySpan<int> labels, int classCount)
    {
        Calibration.Calibrate(probabilities, labels, classCount);
        var noise = NoiseMatrix.Estimate(probabilities, labels, classCount);
        var doubtful = Doubtful(probabilities, labels, classCount);
        var suspects = new List<Suspect>();
        var lanes = Vector<float>.Count;
        var work = new Workspace(classCount, noise);
        for (var start = 0; start < doubtful.Count; start += lanes)
        {
            var group = doubtful.GetRange(start, Math.Min(lanes, doubtful.Count - start));
            work.Unmix(probabilities, labels, group);
            for (var l = 0; l < group.Count; l++)
            {
                var (row, other, onlyTwo) = group[l];
                var probability = (work.Error(l) + onlyTwo) / 2;
                if (probability > Threshold)
                    suspects.Add(new Suspect(row, other, probability));
            }
        }

        suspects.Sort((a, b) => b.Probability != a.Probability ? b.Probability.CompareTo(a.Probability) : a.Row.CompareTo(b.Row));
        return suspects;
    }

    private static List<(int Row, int Other, float OnlyTwo)> Doubtful(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels, int classCount)
    {
        var doubtful = new List<(int, int, float)>();
        for (var i = 0; i < labels.Length; i++)
        {
            var row = probabilities.Slice(i * classCount, classCount);
            var given = row[labels[i]];
            if (given > Settled)
                continue;
            var other = -1;
            for (var k = 0; k < classCount; k++)
            {
                if (k != labels[i] && (other < 0 || row[k] > row[other]))
                    other = k;
            }

            if (other >= 0 && row[other] > given * (1 - Settled) / Settled)
                doubtful.Add((i, other, row[other] / Math.Max(1e-30f, row[other] + given)));
        }

        return doubtful;
    }

    /// <summary>Un-mixes as many rows at once as a vector has lanes.</summary>
    private sealed class Workspace(int classCount, float[] noise)
    {
        private readonly Vector<float>[] _p = new Vector<float>[classCount];
        private readonly Vector<float>[] _q = new Vector<float>[classCount];
        private readonly Vector<float>[] _ratio = new Vector<float>[classCount];
        private readonly float[] _lane = new float[Vector<float>.Count];
        private readonly float[] _error = new float[Vector<float>.Count];

        public float Error(int lane) => _error[lane];

        public void Unmix(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels, List<(int Row, int Other, float OnlyTwo)> group)
        {
            for (var k = 0; k < classCount; k++)
            {
                for (var l = 0; l < _lane.Length; l++)
                    _lane[l] = Math.Max(1e-8f, probabilities[group[Math.Min(l, group.Count - 1)].Row * classCount + k]);
                _p[k] = _q[k] = new Vector<float>(_lane);
            }

            for (var step = 0; step < Steps; step++)
                Step();
            for (var l = 0; l < group.Count; l++)
                _error[l] = ErrorOf(l, labels[group[l].Row]);
        }

        // q_k <- q_k sum_j T_jk p_j / (T q)_j: keeps q a distribution and raises the likelihood of p.
        private void Step()
        {
            for (var j = 0; j < classCount; j++)
            {
                var mixed = Vector<float>.Zero;
                for (var k = 0; k < classCount; k++)
                    mixed += _q[k] * noise[j * classCount + k];
                _ratio[j] = _p[j] / Vector.Max(mixed, new Vector<float>(1e-20f));
            }

            for (var k = 0; k < classCount; k++)
            {
                var sum = Vector<float>.Zero;
                for (var j = 0; j < classCount; j++)
                    sum += _ratio[j] * noise[j * classCount + k];
                _q[k] *= sum;
            }
        }

        private float ErrorOf(int lane, int given)
        {
            float mixed = 0;
            for (var k = 0; k < classCount; k++)
                mixed += _q[k][lane] * noise[given * classCount + k];
            return mixed <= 0 ? 1 : Math.Clamp(1 - _q[given][lane] * noise[given * classCount + given] / mixed, 0, 1);
        }
    }
}
