namespace MLNetDebug.Data;

/// <summary>How given labels come from true ones, by confident learning (Northcutt, Jiang and Chuang, JAIR 70, 2021).</summary>
internal static class NoiseMatrix
{
    /// <summary>
    /// Estimates P(given = j | true = k) at [j * K + k] from out-of-sample probabilities: a row counts as truly k where its probability of k reaches the mean of
    /// those rows that are labelled k; the joint is calibrated to the counts of the given labels, its columns then normalised.
    /// </summary>
    public static float[] Estimate(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels, int classCount)
    {
        var counts = new int[classCount];
        var thresholds = new double[classCount];
        for (var i = 0; i < labels.Length; i++)
        {
            counts[labels[i]]++;
            thresholds[labels[i]] += probabilities[i * classCount + labels[i]];
        }

        var limits = new float[classCount];
        for (var k = 0; k < classCount; k++)
            limits[k] = counts[k] == 0 ? float.PositiveInfinity : (float)(thresholds[k] / counts[k]);

        var joint = new double[classCount * classCount];
        for (var i = 0; i < labels.Length; i++)
        {
            var row = probabilities.Slice(i * classCount, classCount);
            var best = -1;
            for (var k = 0; k < classCount; k++)
            {
                if (row[k] >= limits[k] && (best < 0 || row[k] > row[best]))
                    best = k;
            }

            if (best >= 0)
                joint[labels[i] * classCount + best]++;
        }

        return Normalise(joint, counts, classCount);
    }

    private static float[] Normalise(double[] joint, int[] counts, int classCount)
    {
        for (var j = 0; j < classCount; j++)
        {
            // A class without one confident row is taken at its word.
            joint[j * classCount + j] = Math.Max(joint[j * classCount + j], 1);
            double sum = 0;
            for (var k = 0; k < classCount; k++)
                sum += joint[j * classCount + k];
            for (var k = 0; k < classCount; k++)
                joint[j * classCount + k] *= counts[j] / sum;
        }

        var noise = new float[joint.Length];
        for (var k = 0; k < classCount; k++)
        {
            double sum = 0;
            for (var j = 0; j < classCount; j++)
                sum += joint[j * classCount + k];
            for (var j = 0; j < classCount; j++)
                noise[j * classCount + k] = sum > 0 ? (float)(joint[j * classCount + k] / sum) : j == k ? 1 : 0;
        }

        return noise;
    }
}
