using System.Runtime;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests;

/// <summary>Tensors that are alive.</summary>
internal static class TensorCount
{
    // The collector shall not hide what is left to it.
    private const long NoCollectionBytes = 200_000_000;

    /// <summary>Their number once the collector has taken what other tests left to it: it would else come in the middle, and the number fall for their sake.</summary>
    public static long Settled()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return Tensor.TotalCount;
    }

    /// <summary>Asserts that as many tensors are left alive, without the collector, by one thing as by another.</summary>
    public static void AssertLeft(Action expected, Action actual)
    {
        // What is made once, and kept, is made before.
        expected();
        actual();
        Assert.AreEqual(Left(expected), Left(actual), "tensors left to the finalizer");
    }

    private static long Left(Action action)
    {
        var before = Settled();
        Assert.IsTrue(GC.TryStartNoGCRegion(NoCollectionBytes));
        try
        {
            action();
            var left = Tensor.TotalCount - before;
            Assert.AreEqual(GCLatencyMode.NoGCRegion, GCSettings.LatencyMode, "The collector came: nothing is known of what was left to it.");
            return left;
        }
        finally
        {
            // It has ended by itself where more was allocated.
            if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
                GC.EndNoGCRegion();
        }
    }
}
