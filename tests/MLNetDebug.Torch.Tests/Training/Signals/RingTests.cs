using CsCheck;
using MLNetDebug.Torch.Training.Signals;

namespace MLNetDebug.Torch.Tests.Training.Signals;

[TestClass]
public sealed class RingTests
{
    [TestMethod]
    public void A_view_shows_the_last_numbers_and_stays_as_it_was_whatever_follows() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[0, 9].Array[0, 200]).Sample((size, steps) =>
        {
            var ring = new Ring(size);
            var model = new List<double>();
            var views = new List<(IReadOnlyList<double> View, double[] Expected)>();
            for (var i = 0; i < steps.Length; i++)
            {
                // Mostly numbers are added; now and then somebody looks, or a run begins anew.
                if (steps[i] == 9)
                {
                    ring.Clear();
                    model.Clear();
                }
                else
                {
                    ring.Add(i);
                    model.Add(i);
                }

                Assert.AreEqual(Math.Min(model.Count, size), ring.Count);
                Assert.AreEqual(model.Count == 0 ? double.NaN : model[^1], ring.Last);
                if (steps[i] % 2 == 0)
                    views.Add((ring.View(), [.. model.TakeLast(size)]));
            }

            foreach (var (view, expected) in views)
                CollectionAssert.AreEqual(expected, view.ToArray());
        }, iter: 500);
}
