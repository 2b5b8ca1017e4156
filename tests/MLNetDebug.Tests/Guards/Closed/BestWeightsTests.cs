using CsCheck;
using MLNetDebug.Guards;
using TorchSharp;

namespace MLNetDebug.Tests.Guards.Closed;

[TestClass]
public sealed class BestWeightsTests
{
    private static readonly TorchAccess Torch = TorchAccess.Of(typeof(torch).Assembly)!;

    [TestMethod]
    public void The_epoch_of_the_lowest_loss_comes_back() => Gen.Int[-2, 2].Array[1, 12].Sample(
        whole =>
        {
            double[] losses = [.. whole.Select(l => l / 2.0)];
            using var best = new BestWeights(Torch);
            var model = new Network(2, 1, 1);
            for (var epoch = 0; epoch < losses.Length; epoch++)
            {
                Fill(model, epoch);
                best.Offer(model, epoch, losses[epoch]);
            }

            Fill(model, 99);
            best.Restore(model);
            // Of equal ones the later.
            var expected = Array.LastIndexOf(losses, losses.Min());
            Assert.AreEqual(expected, best.Epoch);
            Assert.IsTrue(model.Head.Weight.Values.Concat(model.Head.Bias.Values).All(v => v == expected));
        }, iter: 200, threads: 1);

    [TestMethod]
    public void A_loss_that_is_no_number_is_never_the_best()
    {
        using var best = new BestWeights(Torch);
        var model = new Network(2, 1, 1);
        best.Offer(model, 0, double.NaN);
        Assert.IsNull(best.Epoch);
        best.Offer(model, 1, 5);
        best.Offer(model, 2, double.NaN);
        Assert.AreEqual(1, best.Epoch);
    }

    [TestMethod]
    public void Where_no_loss_is_known_the_last_epoch_stays()
    {
        using var best = new BestWeights(Torch);
        var model = new Network(2, 1, 1);
        for (var epoch = 0; epoch < 4; epoch++)
        {
            Fill(model, epoch);
            best.Offer(model, epoch, null);
        }

        Fill(model, 99);
        best.Restore(model);
        Assert.AreEqual(3, best.Epoch);
        Assert.AreEqual(3, model.Head.Weight.Values[0]);
    }

    [TestMethod]
    public void Before_anything_was_kept_nothing_is_put_back()
    {
        using var best = new BestWeights(Torch);
        var model = new Network(2, 1, 1);
        Fill(model, 7);
        best.Restore(model);
        Assert.AreEqual(7, model.Head.Weight.Values[0]);
        Assert.IsNull(best.Epoch);
    }

    [TestMethod]
    public void Copies_do_not_move_with_the_network_and_are_freed_with_their_keeper()
    {
        var model = new Network(2, 1, 1);
        Fill(model, 1);
        var best = new BestWeights(Torch);
        best.Offer(model, 0, 1);
        best.Dispose();
        Fill(model, 2);
        best.Restore(model);
        Assert.AreEqual(2, model.Head.Weight.Values[0]);
        Assert.IsFalse(model.Head.Weight.IsInvalid, "Only copies are freed.");
    }

    private static void Fill(Network model, float value)
    {
        Array.Fill(model.Head.Weight.Values, value);
        Array.Fill(model.Head.Bias.Values, value);
    }
}
