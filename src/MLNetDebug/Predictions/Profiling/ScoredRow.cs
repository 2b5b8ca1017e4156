namespace MLNetDebug.Predictions;

/// <summary>One scored row as numbers; one object serves all rows.</summary>
/// <param name="width">Scores per row.</param>
internal sealed class ScoredRow(int width)
{
    /// <summary>The score, or one per class.</summary>
    public float[] Scores { get; } = new float[width];

    /// <summary>A binary model's probability; NaN where there is none.</summary>
    public float Probability { get; set; } = float.NaN;

    /// <summary>The true class counted from 0, or the target; NaN where missing.</summary>
    public double Label { get; set; } = double.NaN;

    /// <summary>The predicted class counted from 0; -1 where the row says none.</summary>
    public int Predicted { get; set; } = -1;
}

/// <summary>Scored rows one after the other, from a view or from arrays.</summary>
internal abstract class ScoredRows : IDisposable
{
    /// <summary>What is known before the first row.</summary>
    public abstract PredictionLayout Layout { get; }

    /// <summary>Reads the next row; false where there is none.</summary>
    public abstract bool Read(ScoredRow row);

    /// <summary>True where every feature of the current row is finite, or features are not known.</summary>
    public virtual bool FeaturesAreFinite() => true;

    public virtual void Dispose()
    {
    }
}
