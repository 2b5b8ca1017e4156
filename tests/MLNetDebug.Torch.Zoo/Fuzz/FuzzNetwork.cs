using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.ML;
using MLNetDebug.Torch.Networks;
using MLNetDebug.Zoo.Fuzz;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Fuzz;

/// <summary>
/// A random network, loss and optimizer through the check: a report or one clear sentence, and afterwards the parameters, gradients, buffers, modes and the random state are what they were, to
/// the bit, whichever of the two it was.
/// </summary>
internal static class FuzzNetwork
{
    /// <summary>Runs one network.</summary>
    public static FuzzOutcome Of(int seed)
    {
        var started = Stopwatch.GetTimestamp();
        using var scope = NewDisposeScope();
        var network = new RandomNetwork(seed);
        var (loss, target) = Loss(network);
        var optimizer = Optimizer(network);
        var before = Fingerprint.Of(network.Model);
        var (kind, detail) = Judge(() => Check(network, optimizer, loss, target));
        if (kind != FuzzOutcome.Other && before.Difference(Fingerprint.Of(network.Model)) is { } difference)
            (kind, detail) = (FuzzOutcome.Other, $"not as it was before: {difference}");
        return new FuzzOutcome(seed, kind, detail, Stopwatch.GetElapsedTime(started));
    }

    private static (string Kind, string? Detail) Judge(Func<DiagnosticReport> check)
    {
        try
        {
            var report = check();
            _ = report.ToText();
            _ = report.ToJson(includeValues: true);
            return ("report", null);
        }
        catch (Exception e)
        {
            return IsClear(e) ? (FuzzOutcome.Clear, e.Message) : (FuzzOutcome.Other, e.ToString());
        }
    }

    /// <summary>One sentence of our own, thrown by our own code.</summary>
    private static bool IsClear(Exception e) =>
        e is InvalidOperationException or ArgumentException && e is not ObjectDisposedException && new StackTrace(e).GetFrame(0)?.GetMethod()?.DeclaringType?.Assembly == typeof(NetworkCheck).Assembly
        && e.Message.Length >= 20 && e.Message.Contains(' ') && !e.Message.Contains('\n');

    private static DiagnosticReport Check(RandomNetwork network, optim.Optimizer? optimizer, object loss, Tensor target)
    {
        var options = new NetworkCheckOptions
        {
            Silence = network.Chance(5) ? [RuleIds.ZeroWeights] : [],
            TiedParameters = network.Chance(10) ? [["layer0.weight", "no such name"]] : [],
        };
        return (loss, network.Chance(3)) switch
        {
            (nn.Module<Tensor, Tensor, Tensor> module, false) => NetworkCheck.Run(network.Model, optimizer, module, (network.Input, target), options),
            (nn.Module<Tensor, Tensor, Tensor> module, true) => NetworkCheck.Run(network.Model, optimizer, module, () => network.Model.call(network.Input), target, options),
            (Func<Tensor, Tensor, Tensor> function, _) => NetworkCheck.Run(network.Model, optimizer, function, (network.Input, target), options),
            _ => throw new InvalidOperationException(),
        };
    }

    private static (object Loss, Tensor Target) Loss(RandomNetwork network)
    {
        var rows = network.Input.shape[0];
        Tensor Classes() => randint(Math.Max(1, network.Classes), [rows]);
        Tensor Real() => network.Pick<Func<Tensor>>(() => randn([rows, network.Classes]), () => randn([rows, network.Classes]), () => rand([rows]), () => ones([rows, network.Classes]), () => full([rows, network.Classes], float.NaN))()
            .to(network.Type);
        return network.Below(14) switch
        {
            0 or 1 or 2 or 3 => (nn.CrossEntropyLoss(reduction: network.Pick(nn.Reduction.Mean, nn.Reduction.Sum, nn.Reduction.None)), Classes()),
            4 => (nn.NLLLoss(), Classes()),
            5 => (nn.MSELoss(), Real()),
            6 => (nn.BCELoss(), Real()),
            7 => (nn.BCEWithLogitsLoss(), Real()),
            8 => (nn.KLDivLoss(network.Chance(2)), Real()),
            9 => (nn.L1Loss(network.Pick(nn.Reduction.Mean, nn.Reduction.Sum, nn.Reduction.None)), Real()),
            10 => ((Func<Tensor, Tensor, Tensor>)((x, y) => nn.functional.cross_entropy(x, y)), Classes()),
            11 => ((Func<Tensor, Tensor, Tensor>)((x, y) => (x - y).square().mean()), Real()),
            12 => ((Func<Tensor, Tensor, Tensor>)((_, _) => throw new DivideByZeroException()), Real()),
            _ => ((Func<Tensor, Tensor, Tensor>)((_, _) => null!), Real()),
        };
    }

    private static optim.Optimizer? Optimizer(RandomNetwork network)
    {
        var parameters = network.Model.parameters().ToArray();
        if (parameters.Length == 0)
            return null;
        return network.Below(8) switch
        {
            0 => null,
            1 => optim.SGD(parameters, 0.1),
            2 => optim.SGD(parameters, 0.1, momentum: 0.9, weight_decay: 0.01),
            3 => optim.Adam(parameters),
            4 => optim.AdamW(parameters.Skip(1), weight_decay: 0.1),
            5 => optim.RMSProp(parameters),
            6 => optim.Adam([new TorchSharp.Modules.Parameter(zeros(3)), .. parameters]),
            _ => optim.Adagrad(parameters),
        };
    }

    /// <summary>All that a check must leave alone.</summary>
    private sealed record Fingerprint(IReadOnlyDictionary<string, ulong> Parts)
    {
        public static Fingerprint Of(nn.Module model)
        {
            var parts = new Dictionary<string, ulong>();
            using var random = torch.random.get_rng_state();
            parts["the random state"] = Hash(random);
            foreach (var (name, parameter) in model.named_parameters())
            {
                parts[name] = Hash(parameter);
                using var gradient = parameter.grad;
                parts[$"the gradient of {name}"] = gradient is null ? 0 : Hash(gradient);
                parts[$"requires_grad of {name}"] = parameter.requires_grad ? 1UL : 0;
            }

            foreach (var (name, buffer) in model.named_buffers())
                parts[$"the buffer {name}"] = Hash(buffer);
            foreach (var (name, module) in model.named_modules().Prepend(("", model)))
                parts[$"the mode of '{name}'"] = module.training ? 1UL : 0;
            return new Fingerprint(parts);
        }

        public string? Difference(Fingerprint after) =>
            Parts.Keys.Union(after.Parts.Keys).FirstOrDefault(key => !Parts.TryGetValue(key, out var one) || !after.Parts.TryGetValue(key, out var other) || one != other);

        private static ulong Hash(Tensor tensor)
        {
            using var cpu = tensor.detach().contiguous();
            return System.IO.Hashing.XxHash64.HashToUInt64(cpu.bytes) | 2;
        }
    }
}
