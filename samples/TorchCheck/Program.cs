// Breaks networks on UCI's handwritten digits, lets the check say why they cannot learn before the first step, mends them, and trains both.
// dotnet run --project samples/TorchCheck [--cuda] [--runtime]: with --runtime it says whether libtorch works, and ends.
using System.Globalization;
using Microsoft.ML;
using MLNetDebug.Torch;
using TorchCheck;
using TorchSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Before anything of torch is touched: where its native library does not load, TorchSharp itself gives a wrong reason.
var runtime = TorchRuntime.Check(args.Contains("--cuda") ? DeviceType.CUDA : DeviceType.CPU);
Console.WriteLine(runtime);
if (!runtime.IsUsable || args.Contains("--runtime"))
    return runtime.IsUsable ? 0 : 1;

var digits = Digits.Load(args.Contains("--cuda") ? torch.CUDA : torch.CPU);
var rows = new List<Outcome>();
foreach (var broken in Networks.All)
{
    Console.WriteLine($"\n=== {broken.Name} {new string('=', Math.Max(0, 94 - broken.Name.Length))}\n");
    var report = Check.Of(broken.Start(false), digits);
    report.WriteTo(Console.Out);
    rows.Add(new Outcome(broken, report, Training.Accuracy(broken.Start(false), digits), Training.Accuracy(broken.Start(true), digits), Check.Of(broken.Start(true), digits)));
}

Console.WriteLine($"\n=== Summary {new string('=', 87)}\n");
const string Row = "{0,-38} {1,-36} {2,-9} {3}";
Console.WriteLine(Row, "network", "found as", "place", "accuracy");
foreach (var row in rows)
    Console.WriteLine(Row, row.Network.Name, row.Finding is { } found ? $"{found.Rule.Id} {found.Rule.Name}" : "nothing", row.Finding?.Subject.Display, $"{row.Broken:0.000} -> {row.Mended:0.000}");
var problems = rows.Select(r => r.Problem).OfType<string>().ToArray();
foreach (var problem in problems)
    Console.Error.WriteLine(problem);
return problems.Length == 0 ? 0 : 1;
