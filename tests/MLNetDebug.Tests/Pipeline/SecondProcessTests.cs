using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Tests.Pipeline;

/// <summary>A model saved through two checks serves in a process that has never heard of this library.</summary>
[TestClass]
public sealed class SecondProcessTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task SavedModel_LoadsAndPredictsWithoutOurAssembly()
    {
        var ml = new MLContext(1);
        var options = new DiagnosticsOptions { Sinks = [], TrainingBudget = TimeSpan.Zero };
        var data = PipelineData.View(ml);
        var model = PipelineData.Concatenate(ml).AppendDiagnostics(options)
            .Append(ml.Transforms.NormalizeMeanVariance("Features"))
            .Append(ml.BinaryClassification.Trainers.AveragedPerceptron())
            .AppendDiagnostics(options)
            .Fit(data);
        Assert.AreEqual(2, model.Count(s => s is DiagnosticsTransformer));
        var program = ProgramPath();
        Assert.AreEqual(0, Directory.GetFiles(Path.GetDirectoryName(program)!, "MLNetDebug.dll", SearchOption.AllDirectories).Length, "our assembly lies beside the program");

        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            ml.Model.Save(model, data.Schema, path);
            var scores = await ScoresOf(program, path);
            var rows = ml.Data.LoadFromEnumerable<PipelineData.Row>([new() { A = 0.1f, B = 0.9f }, new() { A = 1.5f, B = 0.2f }]);
            var expected = model.Transform(rows).GetColumn<float>("Score").ToArray();
            CollectionAssert.AreEqual(expected.Concat(expected).ToArray(), scores);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The program is built beside the tests, in the same configuration.</summary>
    private static string ProgramPath()
    {
        const string name = "MLNetDebug.Tests.Consumer";
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var tests = output.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(tests, name, "bin", output.Parent.Name, output.Name, name + ".dll");
    }

    private async Task<float[]> ScoresOf(string program, string model)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(program);
        start.ArgumentList.Add(model);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.CancellationToken);
        await process.WaitForExitAsync(TestContext.CancellationToken);
        Assert.AreEqual(0, process.ExitCode, await errors);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => float.Parse(l, CultureInfo.InvariantCulture))];
    }
}
