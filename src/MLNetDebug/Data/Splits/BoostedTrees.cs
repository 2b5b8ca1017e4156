namespace MLNetDebug.Data;

/// <summary>
/// Gradient-boosted trees of two levels on binned features, logistic loss: sees single features and pairs of them. Small and
/// deterministic; used to explain a shift, not to predict.
/// </summary>
internal sealed class BoostedTrees
{
    /// <summary>Bins per feature, bin 0 for missing values among them.</summary>
    public const int Bins = 32;

    private const int Trees = 40;
    private const double Rate = 0.3;
    private const double MinLeafWeight = 5;
    private const double Shrinkage = 1;

    private readonly List<Tree> _trees = [];
    private readonly double[] _gains;

    private BoostedTrees(int features) => _gains = new double[features];

    /// <summary>Gain of the logistic loss by feature.</summary>
    public IReadOnlyList<double> Gains => _gains;

    /// <summary>Trains.</summary>
    /// <param name="features">Bins by feature, then row.</param>
    /// <param name="labels">What to predict, by row.</param>
    /// <param name="rows">The rows to train on.</param>
    /// <param name="mayGoOn">Asked before each tree; training ends where it says no.</param>
    public static BoostedTrees Train(byte[][] features, bool[] labels, int[] rows, Func<bool> mayGoOn)
    {
        var model = new BoostedTrees(features.Length);
        var state = new State(features, labels, rows);
        for (var i = 0; i < Trees && mayGoOn(); i++)
        {
            state.Refresh();
            if (state.BestSplit(inRight: null) is not { } root)
                break;
            state.Divide(root);
            var left = state.BestSplit(inRight: false);
            var right = state.BestSplit(inRight: true);
            var tree = new Tree(root, left, right, new double[4]);
            state.Fill(tree);
            foreach (var split in new[] { root, left, right })
            {
                if (split is { } used)
                    model._gains[used.Feature] += used.Gain;
            }

            state.Add(tree);
            model._trees.Add(tree);
        }

        return model;
    }

    /// <summary>The logit of one row, without its constant.</summary>
    public double Score(byte[][] features, int row) => _trees.Sum(t => t.Leaf(features, row));

    private readonly record struct Split(int Feature, byte Last, double Gain)
    {
        public bool GoesRight(byte[][] features, int row) => features[Feature][row] > Last;
    }

    private sealed record Tree(Split Root, Split? Left, Split? Right, double[] Values)
    {
        public int Index(byte[][] features, int row)
        {
            var right = Root.GoesRight(features, row);
            var next = right ? Right : Left;
            return (right ? 2 : 0) + (next is { } split && split.GoesRight(features, row) ? 1 : 0);
        }

        public double Leaf(byte[][] features, int row) => Values[Index(features, row)];
    }

    private sealed class State
    {
        private readonly byte[][] _features;
        private readonly bool[] _labels;
        private readonly int[] _rows;
        private readonly double[] _scores;
        private readonly double[] _gradients;
        private readonly double[] _weights;
        private readonly bool[] _right;
        private readonly double _prior;

        public State(byte[][] features, bool[] labels, int[] rows)
        {
            (_features, _labels, _rows) = (features, labels, rows);
            _scores = new double[rows.Length];
            _gradients = new double[rows.Length];
            _weights = new double[rows.Length];
            _right = new bool[rows.Length];
            var positive = (rows.Count(r => labels[r]) + 0.5) / (rows.Length + 1.0);
            _prior = Math.Log(positive / (1 - positive));
        }

        public void Refresh()
        {
            for (var i = 0; i < _rows.Length; i++)
            {
                var p = 1 / (1 + Math.Exp(-(_scores[i] + _prior)));
                _gradients[i] = (_labels[_rows[i]] ? 1 : 0) - p;
                _weights[i] = p * (1 - p);
            }
        }

        public void Divide(Split root)
        {
            for (var i = 0; i < _rows.Length; i++)
                _right[i] = root.GoesRight(_features, _rows[i]);
        }

        public Split? BestSplit(bool? inRight)
        {
            Split? best = null;
            Span<double> gradients = stackalloc double[Bins];
            Span<double> weights = stackalloc double[Bins];
            for (var f = 0; f < _features.Length; f++)
            {
                gradients.Clear();
                weights.Clear();
                var bins = _features[f];
                for (var i = 0; i < _rows.Length; i++)
                {
                    if (inRight is { } side && _right[i] != side)
                        continue;
                    var bin = bins[_rows[i]];
                    gradients[bin] += _gradients[i];
                    weights[bin] += _weights[i];
                }

                if (Cut(gradients, weights, f) is { } cut && (best is null || cut.Gain > best.Value.Gain))
                    best = cut;
            }

            return best;
        }

        // Newton's step of the logistic loss in each leaf.
        public void Fill(Tree tree)
        {
            Span<double> gradients = stackalloc double[4];
            Span<double> weights = stackalloc double[4];
            gradients.Clear();
            weights.Clear();
            for (var i = 0; i < _rows.Length; i++)
            {
                var leaf = tree.Index(_features, _rows[i]);
                gradients[leaf] += _gradients[i];
                weights[leaf] += _weights[i];
            }

            for (var leaf = 0; leaf < 4; leaf++)
                tree.Values[leaf] = Rate * gradients[leaf] / (weights[leaf] + Shrinkage);
        }

        public void Add(Tree tree)
        {
            for (var i = 0; i < _rows.Length; i++)
                _scores[i] += tree.Leaf(_features, _rows[i]);
        }

        private static Split? Cut(ReadOnlySpan<double> gradients, ReadOnlySpan<double> weights, int feature)
        {
            double gradient = 0, weight = 0, left = 0, leftWeight = 0;
            for (var b = 0; b < Bins; b++)
                (gradient, weight) = (gradient + gradients[b], weight + weights[b]);
            var whole = gradient * gradient / (weight + Shrinkage);
            Split? best = null;
            for (var b = 0; b < Bins - 1; b++)
            {
                (left, leftWeight) = (left + gradients[b], leftWeight + weights[b]);
                if (leftWeight < MinLeafWeight || weight - leftWeight < MinLeafWeight)
                    continue;
                var right = gradient - left;
                var gain = left * left / (leftWeight + Shrinkage) + right * right / (weight - leftWeight + Shrinkage) - whole;
                if (gain > (best?.Gain ?? 0))
                    best = new Split(feature, (byte)b, gain);
            }

            return best;
        }
    }
}
