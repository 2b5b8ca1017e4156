using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

/// <summary>The code that rules on optimizers advise, as they write it, compiled and run.</summary>
[TestClass]
public sealed class OptimizerCodeTests
{
    private static readonly string[] Still = ["0.bias", "2.bias"];

    [TestMethod]
    [DataRow("SGD")]
    [DataRow("Adam")]
    [DataRow("AdamW")]
    [DataRow("RMSProp")]
    [DataRow("Adagrad")]
    [DataRow("Adadelta")]
    [DataRow("Adamax")]
    [DataRow("NAdam")]
    [DataRow("RAdam")]
    [DataRow("ASGD")]
    public void A_split_by_names_runs_and_decays_weights_only(string kind)
    {
        using var model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, 2));
        var (optimizer, code) = Split(kind, model);
        using (optimizer)
        {
            var profile = OptimizerReader.Read(optimizer, model.named_parameters());
            Assert.AreEqual(kind, profile.Kind);
            CollectionAssert.AreEqual(new[] { 0.01, 0 }, profile.Groups.Select(g => g.WeightDecay ?? double.NaN).ToArray());
            CollectionAssert.AreEqual(new[] { 0.1, 0.1 }, profile.Groups.Select(g => g.LearningRate).ToArray());
            CollectionAssert.AreEqual(new[] { "0.weight", "2.weight" }, profile.Groups[0].Parameters.ToArray());
            CollectionAssert.AreEqual(Still, profile.Groups[1].Parameters.ToArray());
            Assert.AreEqual(code, OptimizerCode.Split(kind, new() { Index = 0, LearningRate = 0.1, WeightDecay = 0.01, Momentum = kind is "SGD" or "RMSProp" ? 0.9 : null }, Still, byRank: false));
            using var loss = model.call(torch.ones(2, 3)).square().mean();
            loss.backward();
            optimizer.step();
            Assert.IsTrue(model.parameters().All(p => p.isfinite().all().ToBoolean()));
        }
    }

    [TestMethod]
    public void Freezing_what_the_optimizer_does_not_hold_runs()
    {
        using var model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, 2));
        using var optimizer = torch.optim.SGD(model.parameters().Skip(2), 0.1);
        var held = optimizer.parameters().Select(p => p.Handle).ToHashSet();
        foreach (var p in model.parameters().Where(p => !held.Contains(p.Handle)))
            p.requires_grad = false;
        CollectionAssert.AreEqual(new[] { false, false, true, true }, model.parameters().Select(p => p.requires_grad).ToArray());
        foreach (var name in new[] { "2.weight", "2.bias" })
            model.get_parameter(name)!.requires_grad = false;
        Assert.IsFalse(model.parameters().Any(p => p.requires_grad));
    }

    [TestMethod]
    public void Init_functions_and_the_prior_run_as_advised()
    {
        using var model = torch.nn.Sequential(torch.nn.Linear(300, 100), torch.nn.ReLU(), torch.nn.Linear(100, 3));
        _ = torch.nn.init.kaiming_uniform_(model.get_parameter("0.weight"));
        Assert.AreEqual(Math.Sqrt(2), model.get_parameter("0.weight")!.std().ToDouble() * Math.Sqrt(300), 0.05);
        _ = torch.nn.init.xavier_uniform_(model.get_parameter("0.weight"), torch.nn.init.calculate_gain(torch.nn.init.NonlinearityType.Tanh));
        Assert.AreEqual(5 / 3.0 * Math.Sqrt(2 / 400.0), model.get_parameter("0.weight")!.std().ToDouble(), 0.005);
        _ = torch.nn.init.kaiming_normal_(model.get_parameter("0.weight"), nonlinearity: torch.nn.init.NonlinearityType.Linear);
        Assert.AreEqual(1, model.get_parameter("0.weight")!.std().ToDouble() * Math.Sqrt(300), 0.05);
        _ = torch.nn.init.orthogonal_(model.get_parameter("2.weight"));
        var labels = torch.tensor(new long[] { 0, 0, 0, 0, 0, 1, 1, 1, 1 });
        using (torch.no_grad())
            model.get_parameter("2.bias")!.copy_((torch.bincount(labels, minlength: 3) + 1).to(torch.float32).log().log_softmax(0));
        CollectionAssert.AreEqual(new[] { 0.5, 0.4167, 0.0833 }, model.get_parameter("2.bias")!.exp().data<float>().Select(f => Math.Round(f, 4)).ToArray());
        var target = torch.ones(4, 3);
        using (torch.no_grad())
            model.get_parameter("2.bias")!.copy_(target.mean([0]));
        Assert.AreEqual(3, model.get_parameter("2.bias")!.sum().ToDouble());
    }

    private static (torch.optim.Optimizer Optimizer, string Code) Split(string kind, torch.nn.Module model)
    {
        string[] still = ["0.bias", "2.bias"];
        var named = model.named_parameters().ToArray();
        torch.optim.Optimizer optimizer = kind switch
        {
            "SGD" => torch.optim.SGD([
                new TorchSharp.Modules.SGD.ParamGroup([.. named.Where(p => !still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.SGD.Options { weight_decay = 0.01 }),
                new TorchSharp.Modules.SGD.ParamGroup([.. named.Where(p => still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.SGD.Options { weight_decay = 0 })], 0.1, momentum: 0.9),
            "Adam" => torch.optim.Adam([
                new TorchSharp.Modules.Adam.ParamGroup([.. named.Where(p => !still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.Adam.Options { weight_decay = 0.01 }),
                new TorchSharp.Modules.Adam.ParamGroup([.. named.Where(p => still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.Adam.Options { weight_decay = 0 })], 0.1),
            "AdamW" => torch.optim.AdamW([
                new TorchSharp.Modules.AdamW.ParamGroup([.. named.Where(p => !still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.AdamW.Options { weight_decay = 0.01 }),
                new TorchSharp.Modules.AdamW.ParamGroup([.. named.Where(p => still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.AdamW.Options { weight_decay = 0 })], 0.1),
            "RMSProp" => torch.optim.RMSProp([
                new TorchSharp.Modules.RMSProp.ParamGroup([.. named.Where(p => !still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.RMSProp.Options { weight_decay = 0.01 }),
                new TorchSharp.Modules.RMSProp.ParamGroup([.. named.Where(p => still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.RMSProp.Options { weight_decay = 0 })], 0.1, momentum: 0.9),
            "Adagrad" => torch.optim.Adagrad([
                new TorchSharp.Modules.Adagrad.ParamGroup([.. named.Where(p => !still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.Adagrad.Options { weight_decay = 0.01 }),
                new TorchSharp.Modules.Adagrad.ParamGroup([.. named.Where(p => still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.Adagrad.Options { weight_decay = 0 })], 0.1),
            "Adadelta" => torch.optim.Adadelta([
                new TorchSharp.Modules.Adadelta.ParamGroup([.. named.Where(p => !still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.Adadelta.Options { weight_decay = 0.01 }),
                new TorchSharp.Modules.Adadelta.ParamGroup([.. named.Where(p => still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.Adadelta.Options { weight_decay = 0 })], 0.1),
            "Adamax" => torch.optim.Adamax([
                new TorchSharp.Modules.Adamax.ParamGroup([.. named.Where(p => !still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.Adamax.Options { weight_decay = 0.01 }),
                new TorchSharp.Modules.Adamax.ParamGroup([.. named.Where(p => still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.Adamax.Options { weight_decay = 0 })], 0.1),
            "NAdam" => torch.optim.NAdam([
                new TorchSharp.Modules.NAdam.ParamGroup([.. named.Where(p => !still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.NAdam.Options { weight_decay = 0.01 }),
                new TorchSharp.Modules.NAdam.ParamGroup([.. named.Where(p => still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.NAdam.Options { weight_decay = 0 })], 0.1),
            "RAdam" => torch.optim.RAdam([
                new TorchSharp.Modules.RAdam.ParamGroup([.. named.Where(p => !still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.RAdam.Options { weight_decay = 0.01 }),
                new TorchSharp.Modules.RAdam.ParamGroup([.. named.Where(p => still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.RAdam.Options { weight_decay = 0 })], 0.1),
            _ => torch.optim.ASGD([
                new TorchSharp.Modules.ASGD.ParamGroup([.. named.Where(p => !still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.ASGD.Options { weight_decay = 0.01 }),
                new TorchSharp.Modules.ASGD.ParamGroup([.. named.Where(p => still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.ASGD.Options { weight_decay = 0 })], 0.1),
        };
        return (optimizer, Code(kind, kind is "SGD" or "RMSProp" ? ", momentum: 0.9" : string.Empty));
    }

    private static string Code(string kind, string settings) =>
        $"string[] still = [\"0.bias\", \"2.bias\"];\nvar named = model.named_parameters().ToArray();\nvar optimizer = torch.optim.{kind}([\n" +
        $"    new TorchSharp.Modules.{kind}.ParamGroup([.. named.Where(p => !still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.{kind}.Options {{ weight_decay = 0.01 }}),\n" +
        $"    new TorchSharp.Modules.{kind}.ParamGroup([.. named.Where(p => still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.{kind}.Options {{ weight_decay = 0 }})], 0.1{settings});";
}
