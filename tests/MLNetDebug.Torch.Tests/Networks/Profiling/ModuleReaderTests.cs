using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Networks.Profiling;

[TestClass]
public sealed class ModuleReaderTests
{
    // No rule asks about these.
    private static readonly string[] Others = ["CosineSimilarity", "Fold", "PairwiseDistance", "ParameterDict", "ParameterList"];

    private static IEnumerable<Type> ModuleTypes => typeof(nn.Module).Assembly.GetExportedTypes()
        .Where(t => t.Namespace == typeof(TorchSharp.Modules.Linear).Namespace && !t.IsAbstract && t.IsSubclassOf(typeof(nn.Module)));

    [TestMethod]
    public void Every_module_of_TorchSharp_has_a_kind()
    {
        string[] others = [.. ModuleTypes.Where(t => ModuleReader.KindOf(t) == ModuleKind.Other).Select(t => t.Name).Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(Others, others, string.Join(" ", others));
    }

    [TestMethod]
    public void Kinds_follow_families_of_names()
    {
        foreach (var (part, kind) in new[]
        {
            ("Conv", ModuleKind.Convolution), ("BatchNorm", ModuleKind.BatchNorm), ("Pad", ModuleKind.Shape), ("Pool", ModuleKind.Pooling), ("Transformer", ModuleKind.Attention),
            ("Loss", ModuleKind.Loss), ("LU", ModuleKind.Activation), ("InstanceNorm", ModuleKind.RowNorm), ("LSTM", ModuleKind.Recurrent), ("Embedding", ModuleKind.Embedding),
        })
        {
            foreach (var type in ModuleTypes.Where(t => t.Name.Contains(part, StringComparison.Ordinal) && (part == "Loss" || !t.Name.EndsWith("Loss", StringComparison.Ordinal))))
                Assert.AreEqual(kind, ModuleReader.KindOf(type), type.Name);
        }
    }

    [TestMethod]
    public void Modules_are_told_apart_by_type_and_not_by_name()
    {
        Assert.AreEqual(ModuleKind.Dropout, ModuleReader.KindOf(nn.AlphaDropout()));
        Assert.AreEqual(ModuleKind.ChannelDropout, ModuleReader.KindOf(nn.Dropout2d()));
        Assert.AreEqual(ModuleKind.BatchNorm, ModuleReader.KindOf(nn.BatchNorm2d(4)));
        Assert.AreEqual(ModuleKind.Container, ModuleReader.KindOf(nn.ModuleList<nn.Module>()));
        Assert.AreEqual(ModuleKind.Container, ModuleReader.KindOf(nn.ModuleDict<nn.Module>()));
        Assert.AreEqual(ModuleKind.Softmax, ModuleReader.KindOf(nn.Softmax(1)));
        Assert.AreEqual(ModuleKind.Loss, ModuleReader.KindOf(nn.CrossEntropyLoss()));
    }

    [TestMethod]
    public void A_class_of_the_users_own_is_other_unless_it_derives_from_one_that_is_known()
    {
        Assert.AreEqual(ModuleKind.Other, ModuleReader.KindOf(new Own()));
        Assert.AreEqual(ModuleKind.Container, ModuleReader.KindOf(new OwnSequence()));
        Assert.AreEqual(ModuleKind.Other, ModuleReader.KindOf(new Linear()));
    }

    [TestMethod]
    public void Settings_are_read_as_numbers()
    {
        Assert.AreEqual(0.25, ModuleReader.SettingsOf(nn.Dropout(0.25))["p"]);
        var norm = ModuleReader.SettingsOf(nn.BatchNorm1d(7));
        Assert.AreEqual(7, norm["num_features"]);
        Assert.AreEqual(1, norm["affine"]);
        Assert.AreEqual(1, norm["track_running_stats"]);
        Assert.AreEqual(0, ModuleReader.SettingsOf(nn.BatchNorm1d(7, track_running_stats: false))["track_running_stats"]);
        Assert.IsFalse(ModuleReader.SettingsOf(nn.AvgPool2d(2)).ContainsKey("divisor_override"));
        var convolution = ModuleReader.SettingsOf(nn.Conv2d(3, 8, (3, 5)));
        Assert.AreEqual(3, convolution["kernel_size[0]"]);
        Assert.AreEqual(5, convolution["kernel_size[1]"]);
        Assert.AreEqual(3, convolution["in_channels"]);
        Assert.AreEqual(0.2, ModuleReader.SettingsOf(nn.LeakyReLU(0.2))["negative_slope"]);
        Assert.AreEqual(4, ModuleReader.SettingsOf(nn.GroupNorm(4, 8))["num_groups"]);
        Assert.AreEqual(5, ModuleReader.SettingsOf(nn.Linear(5, 2))["in_features"]);
        Assert.AreEqual(-1, ModuleReader.SettingsOf(nn.Softmax(-1))["dim"]);
    }

    [TestMethod]
    public void What_throws_is_left_out_and_code_of_the_user_is_not_run()
    {
        Assert.IsFalse(ModuleReader.SettingsOf(nn.Upsample(scale_factor: [2.0, 2.0])).Keys.Any(k => k.StartsWith("size", StringComparison.Ordinal)));
        Assert.IsEmpty(ModuleReader.SettingsOf(new Own()));
        Assert.IsFalse(ModuleReader.SettingsOf(new OwnSequence()).ContainsKey("Danger"));
        Assert.IsFalse(ModuleReader.SettingsOf(nn.Linear(2, 2)).ContainsKey("training"));
    }

    private sealed class Own() : nn.Module<Tensor, Tensor>("own")
    {
        public double Danger => throw new InvalidOperationException();

        public override Tensor forward(Tensor input) => input;
    }

    private sealed class OwnSequence() : Sequential(nn.ReLU())
    {
        public int Danger => throw new InvalidOperationException();
    }

    // The name alone makes nothing of TorchSharp's.
    private sealed class Linear() : nn.Module<Tensor, Tensor>("linear")
    {
        public override Tensor forward(Tensor input) => input;
    }
}
