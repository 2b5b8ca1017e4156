using Microsoft.ML;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Networks;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards.Rules;

[TestClass]
public sealed class VersionMismatchTests
{
    private static readonly PackagePair Pair = new("0.23.1", "0.102.7", "0.107.0");

    [TestMethod]
    public void InitialisersThatDispose_AreAnError_ForTheTextTrainers()
    {
        var finding = Judge(Pair with { DisposesWeights = true }).Findings.Single();
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.Contains("Microsoft.ML.TorchSharp 0.23.1 was built for TorchSharp 0.102.7, and TorchSharp 0.107.0 is loaded", finding.Message);
        Assert.Contains("Version=\"[0.102.7]\"", finding.Advice[0].Code!);
        Assert.IsEmpty(Judge(Pair with { DisposesWeights = true }, ClosedTrainerKind.ObjectDetection).Findings);
    }

    [TestMethod]
    public void MissingMembers_AreAnError_WhereTheyAreCalled()
    {
        var pair = Pair with { DisposesWeights = false, MissingMembers = ["interpolate(Tensor, Int64[])"] };
        Assert.Contains("interpolate", Judge(pair, ClosedTrainerKind.ObjectDetection).Findings.Single().Message);
        Assert.IsEmpty(Judge(pair).Findings);
    }

    [TestMethod]
    public void NativeLibraryThatDoesNotLoad_IsSaidFirst()
    {
        var finding = Judge(Pair with { NativeError = "GLIBCXX_3.4.32 not found.", DisposesWeights = true }).Findings.Single();
        Assert.StartsWith("TorchSharp's native library does not load: GLIBCXX_3.4.32 not found. Every trainer", finding.Message);
    }

    [TestMethod]
    public void MendedPair_IsSilent_WhateverItsVersions() => Assert.IsEmpty(Judge(Pair with { DisposesWeights = false }).Findings);

    [TestMethod]
    public void InitialisersThatCouldNotBeTried_AreSaid()
    {
        Assert.HasCount(1, Judge(Pair).NotChecked);
        Assert.IsEmpty(Judge(Pair, ClosedTrainerKind.ObjectDetection).NotChecked);
    }

    [TestMethod]
    public void RealInitialiser_IsTriedOnATensorOfItsOwn()
    {
        var misfit = new NetworkSetup(ClosedTrainerKind.TextClassification) { IsMisfit = true }.Create();
        Assert.IsTrue(TorchPackages.PairOf(misfit.GetType().Assembly)!.DisposesWeights);
        var sound = new NetworkSetup(ClosedTrainerKind.TextClassification).Create();
        Assert.IsFalse(TorchPackages.PairOf(sound.GetType().Assembly)!.DisposesWeights);
        var report = Assert.ThrowsExactly<DiagnosticException>(() => misfit.Guard(Closed.ClosedFits.Quiet).Fit(Letters.Draw(40).ToClasses())).Report;
        Assert.HasCount(1, report.Of(RuleIds.VersionMismatch).ToArray());
    }

    private static DiagnosticReport Judge(PackagePair pair, ClosedTrainerKind kind = ClosedTrainerKind.TextClassification) =>
        RuleTester.Judge(new VersionMismatch(), new TrainerSetup { Trainer = "Trainer", Kind = kind, Packages = pair });
}
