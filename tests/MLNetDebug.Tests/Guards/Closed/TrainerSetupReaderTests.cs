using Microsoft.ML;
using Microsoft.ML.TorchSharp.AutoFormerV2;
using Microsoft.ML.TorchSharp.NasBert;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards.Closed;

[TestClass]
public sealed class TrainerSetupReaderTests
{
    [TestMethod]
    public void Options_are_read_with_the_first_of_a_list()
    {
        var options = new StandInOptions { BatchSize = 0, MaxEpoch = 7, LearningRate = [1e-3, 1e-4, 1e-5], WeightDecay = 0.1, ClipNorm = 2 };
        var setup = Read(new TextClassificationTrainer(new MLContext(1), options));
        Assert.AreEqual("TextClassificationTrainer", setup.Trainer);
        Assert.AreEqual(ClosedTrainerKind.TextClassification, setup.Kind);
        Assert.AreEqual("BatchSize=0 MaxEpoch=7 LearningRate=0.001 WeightDecay=0.1 ClipNorm=2", string.Join(" ", setup.Options.Select(o => $"{o.Name}={o.Value}")));
        Assert.AreEqual(3, setup.LearningRates);
        Assert.IsFalse(setup.HasValidationSet);
        Assert.IsEmpty(setup.NotRead);
    }

    [TestMethod]
    public void Each_trainer_has_options_of_its_own()
    {
        var setup = Read(new ObjectDetectionTrainer(new MLContext(1), new StandInOptions { InitLearningRate = 5, LogEveryNStep = 3 }));
        Assert.AreEqual("MaxEpoch=3 InitLearningRate=5 WeightDecay=0 LogEveryNStep=3", string.Join(" ", setup.Options.Select(o => $"{o.Name}={o.Value}")));
        Assert.AreEqual(1, Read(new TextClassificationTrainer(new MLContext(1), new StandInOptions { LearningRate = [1] })).LearningRates);
        Assert.AreEqual(0, Read(new TextClassificationTrainer(new MLContext(1), new StandInOptions { LearningRate = [] })).LearningRates);
        Assert.IsTrue(Read(new TextClassificationTrainer(new MLContext(1), new StandInOptions { ValidationSet = Letters.Draw(4).ToClasses() })).HasValidationSet);
    }

    [TestMethod]
    public void Weights_are_looked_for_in_the_contexts_folder()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var ml = new MLContext(1) { TempFilePath = folder.FullName };
            var absent = Read(new TextClassificationTrainer(ml, new StandInOptions())).Weights!;
            Assert.AreEqual(Path.Combine(folder.FullName, "mlnet", "NasBert2000000.tsm"), absent.Path);
            Assert.IsFalse(absent.Exists);
            folder.CreateSubdirectory("mlnet");
            File.WriteAllBytes(absent.Path, [0]);
            Assert.IsTrue(Read(new SentenceSimilarityTrainer(ml, new StandInOptions())).Weights!.Exists);
            Assert.EndsWith("pretrained_NasBert_14M_encoder.tsm", Read(new NerTrainer(ml, new StandInOptions())).Weights!.Path);
            Assert.EndsWith("autoformer_11m_torchsharp.bin", Read(new ObjectDetectionTrainer(ml, new StandInOptions())).Weights!.Path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestMethod]
    public void The_device_is_the_hosts_as_it_was_when_the_trainer_was_made()
    {
        var ml = new MLContext(1) { GpuDeviceId = 2, FallbackToCpu = false };
        var trainer = new TextClassificationTrainer(ml, new StandInOptions());
        (ml.GpuDeviceId, ml.FallbackToCpu) = (null, true);
        Assert.AreEqual(new DeviceSetup(2, IsCudaAvailable: false, FallsBack: false), Read(trainer).Device);
        Assert.AreEqual(new DeviceSetup(null, IsCudaAvailable: null, FallsBack: true), Read(new TextClassificationTrainer(ml, new StandInOptions())).Device, "CUDA is not asked for what nobody wants.");
    }

    [TestMethod]
    public void Classes_of_an_earlier_fit_are_remembered_for_the_object_and_no_other()
    {
        var (first, second) = (new TextClassificationTrainer(new MLContext(1), new StandInOptions()), new TextClassificationTrainer(new MLContext(1), new StandInOptions()));
        Assert.IsNull(Read(first).EarlierClasses);
        TrainerSetupReader.Remember(ClosedTrainer.Of(first)!, 3);
        TrainerSetupReader.Remember(ClosedTrainer.Of(first)!, 4);
        var setup = Read(first);
        Assert.AreEqual((9, 4), (setup.Classes, setup.EarlierClasses));
        Assert.IsNull(Read(second).EarlierClasses);
    }

    [TestMethod]
    public void A_trainer_that_keeps_its_options_elsewhere_is_said_not_to_be_read()
    {
        var setup = Read(new Microsoft.ML.TorchSharp.Unknown.QATrainer());
        Assert.IsEmpty(setup.Options);
        Assert.Contains("options and columns are not known", setup.NotRead.Single());
        Assert.IsNull(setup.Device);
        Assert.IsNull(setup.Weights);
        Assert.IsNull(setup.Packages);
    }

    private static TrainerSetup Read(object trainer) => TrainerSetupReader.Read(ClosedTrainer.Of(trainer)!, 9);
}
