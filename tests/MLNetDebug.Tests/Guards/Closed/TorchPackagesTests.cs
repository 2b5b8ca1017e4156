using System.Runtime.Loader;
using Microsoft.ML.TorchSharp.NasBert;
using MLNetDebug.Guards;

namespace MLNetDebug.Tests.Guards.Closed;

[TestClass]
public sealed class TorchPackagesTests
{
    private static readonly System.Reflection.Assembly StandIns = typeof(TextClassificationTrainer).Assembly;

    [TestMethod]
    public void A_pair_that_fits_has_nothing_to_say()
    {
        var pair = TorchPackages.PairOf(StandIns)!;
        Assert.AreEqual(string.Empty, string.Join("; ", pair.MissingMembers));
        Assert.IsFalse(pair.DisposesWeights);
        Assert.IsNull(pair.NativeError);
        Assert.AreEqual(pair.Trainers, pair.Loaded, "One file.");
        Assert.AreSame(pair, TorchPackages.PairOf(StandIns), "Tried out once.");
        Assert.AreSame(StandIns, TorchPackages.TorchSharpOf(StandIns));
        Assert.AreEqual((false, null), TorchPackages.Cuda(StandIns));
    }

    [TestMethod]
    public void Assemblies_without_TorchSharp_have_no_pair()
    {
        Assert.IsNull(TorchPackages.PairOf(typeof(string).Assembly));
        Assert.IsNull(TorchPackages.TorchSharpOf(typeof(TorchPackagesTests).Assembly));
        Assert.AreEqual((null, null), TorchPackages.Cuda(typeof(string).Assembly));
    }

    [TestMethod]
    public void Initialisers_that_dispose_of_what_they_initialise_are_found_by_trying()
    {
        // The stand-ins once more, apart from those other tests use, told to behave as the released package does beside TorchSharp 0.107.
        var apart = new AssemblyLoadContext("apart").LoadFromAssemblyPath(StandIns.Location);
        apart.GetType("Microsoft.ML.TorchSharp.Utils.ModelUtils")!.GetProperty("Disposes")!.SetValue(null, true);
        Assert.IsTrue(TorchPackages.PairOf(apart)!.DisposesWeights);
    }

    [TestMethod]
    public void A_member_that_the_loaded_version_lacks_is_named_with_both_versions()
    {
        var old = EmittedTorch.Torch("0.102.7", new AssemblyLoadContext("old"), "zeros", "interpolate");
        var loaded = EmittedTorch.Torch("0.107.0", AssemblyLoadContext.Default, "zeros");
        var trainers = EmittedTorch.Trainers(old, AssemblyLoadContext.Default);
        Assert.AreSame(loaded, TorchPackages.TorchSharpOf(trainers));
        var pair = TorchPackages.PairOf(trainers)!;
        Assert.AreEqual(("0.23.1", "0.102.7", "0.107.0"), (pair.Trainers, pair.BuiltFor, pair.Loaded));
        Assert.Contains("TorchSharp.torch.interpolate", pair.MissingMembers.Single());
        Assert.IsNull(pair.DisposesWeights, "There is no initialiser to try.");
        Assert.IsNull(pair.NativeError);
    }

    [TestMethod]
    public void A_native_library_that_does_not_load_is_quoted_on_one_line()
    {
        var merged = EmittedTorch.Broken("GLIBCXX_3.4.32 not found\n(required by libLibTorchSharp.so)");
        Assert.AreEqual("GLIBCXX_3.4.32 not found (required by libLibTorchSharp.so)", TorchPackages.PairOf(merged)!.NativeError);
        Assert.IsNull(TorchPackages.PairOf(merged)!.DisposesWeights, "Not tried.");
        Assert.AreEqual((null, "GLIBCXX_3.4.32 not found (required by libLibTorchSharp.so)"), TorchPackages.Cuda(merged));
    }
}
