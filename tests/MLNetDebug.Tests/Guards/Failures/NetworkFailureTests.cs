using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.TorchSharp.AutoFormerV2;
using Microsoft.ML.TorchSharp.NasBert;
using MLNetDebug.Guards;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards.Failures;

/// <summary>The words of libtorch and of the runtime, as they came out of the real trainers.</summary>
[TestClass]
public sealed class NetworkFailureTests
{
    private static readonly TextClassificationTrainer Text = new(new MLContext(1), new StandInOptions());

    private static readonly ObjectDetectionTrainer Boxes = new(new MLContext(1), new StandInOptions());

    public static IEnumerable<object[]> Known =>
    [
        [new ArgumentException("Expected positive integer total_steps, but got -23"), "number of epochs, or the batch size", "TextClassificationTrainer.MaxEpoch"],
        [new DivideByZeroException("Attempted to divide by zero."), "batch size is 0", "TextClassificationTrainer.BatchSize"],
        [new NullReferenceException("Object reference not set to an instance of an object."), "no key, or a key without KeyValues", "Label"],
        [new InvalidOperationException("Invalid call to 'GetValue'"), "a key without KeyValues", "Label"],
        [new InvalidOperationException("Error downloading resource from 'https://aka.ms/mlnet-resources/models/NasBert2000000.tsm': DownloadFailed with exception One or more errors occurred."), "pretrained weights is not on this machine", "TextClassificationTrainer"],
        [new ArgumentException("Mismatched state_dict sizes: expected 60, but found 142 entries."), "not the one that Microsoft.ML.TorchSharp was built for", "TextClassificationTrainer"],
        [new InvalidOperationException("Tensor invalid -- empty handle."), "not the one that Microsoft.ML.TorchSharp was built for", "TextClassificationTrainer"],
        [new MissingMethodException("Method not found: 'Tensor functional.interpolate(Tensor, Int64[], Double[], InterpolationMode, System.Nullable`1<Boolean>, Boolean)'."), "not the one that Microsoft.ML.TorchSharp was built for", "TextClassificationTrainer"],
        [new Exception("Fallback to CPU is false but no GPU detected"), "finds no CUDA", "TextClassificationTrainer.GpuDeviceId"],
        [new ExternalException("The size of tensor a (7) must match the size of tensor b (28) at non-singleton dimension 1\nException raised from infer_size_impl"), "cannot validate", "TextClassificationTrainer.ValidationSet"],
        [new ArgumentOutOfRangeException("count", "The cardinality of a KeyDataViewType must not exceed UInt32.MaxValue and must be strictly positive, but got 0."), "There are no rows", "training data"],
        [new ExternalException("select(): index 0 out of range for tensor of size [0, 256, 3, 3] at dimension 0"), "There are no rows", "training data"],
        [new NotSupportedException("This application or script uses TorchSharp but doesn't contain a reference to libtorch-cpu-linux-x64, Version=2.10.0."), "native library does not load", "TextClassificationTrainer"],
        [new TypeInitializationException("TorchSharp.torch", new DllNotFoundException("Unable to load shared library")), "native library does not load", "TextClassificationTrainer"],
    ];

    [TestMethod]
    [DynamicData(nameof(Known))]
    public void What_is_known_has_a_cause_a_place_and_a_way_out(Exception error, string cause, string place)
    {
        var failure = Thrown.Read(error, Text);
        Assert.Contains(cause, failure.Cause!);
        Assert.AreEqual(place, failure.Subject.Name);
        Assert.IsGreaterThan(10, failure.Advice.Single().Text.Length);
        Assert.DoesNotContain("\n", failure.Message);
    }

    [TestMethod]
    public void Key_0_less_1_is_a_missing_label_with_its_rows()
    {
        var letters = Letters.Draw(30);
        var rows = (letters with { Keys = [.. letters.Keys.Select((k, i) => i is 4 or 11 ? 0 : k)] }).ToClasses();
        var error = new ExternalException("Target 4294967295 is out of bounds.\nException raised from nll_loss_out_frame at LossNLL.cpp:255 (most recent call first):\nframe #0: ...");
        var failure = Thrown.Read(error, Text, rows);
        Assert.AreEqual("Target 4294967295 is out of bounds.", failure.Message, "The native stack is left out.");
        Assert.StartsWith("A label is missing: key 0", failure.Cause);
        Assert.EndsWith("here in rows 4, 11 (counted from 0).", failure.Cause);
        CollectionAssert.AreEqual(new long[] { 4, 11 }, failure.Subject.Rows!.ToArray());
        Assert.Contains("r.Label == 0", failure.Advice.Single().Code!);
        Assert.StartsWith("A label is missing", Thrown.Read(new ExternalException("index 4294967295 is out of bounds for dimension 1 with size 3"), Boxes).Cause);
    }

    [TestMethod]
    public void A_class_without_rows_is_named()
    {
        var letters = Letters.Draw(30);
        var rows = (letters with { Keys = [.. letters.Keys.Select(k => k == 2 ? 3 : k)] }).ToClasses();
        var failure = Thrown.Read(new ExternalException("Target 2 is out of bounds."), Text, rows);
        Assert.StartsWith("A declared class has no rows: early.", failure.Cause);
        Assert.AreEqual((SubjectKind.Label, "Label"), (failure.Subject.Kind, failure.Subject.Name));
        Assert.StartsWith("A declared class has no rows. ObjectDetectionTrainer", Thrown.Read(new ExternalException("index 2 is out of bounds for dimension 1 with size 2"), Boxes).Cause);
    }

    [TestMethod]
    public void Only_a_networks_trainer_means_these_words_so()
    {
        foreach (var known in Known)
            Assert.IsNull(Thrown.Read((Exception)known[0], new MLContext(1).Regression.Trainers.Sdca()).Cause, $"{known[0]}");
    }

    [TestMethod]
    public void Other_words_are_left_alone() => Assert.IsNull(Thrown.Read(new ExternalException("CUDA error: device-side assert triggered"), Text).Cause);
}
