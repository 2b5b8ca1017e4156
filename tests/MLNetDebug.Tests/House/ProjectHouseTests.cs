using System.Text.Json;
using System.Xml.Linq;
using MLNetDebug.Zoo;

namespace MLNetDebug.Tests.House;

/// <summary>What projects may reference and how they are versioned.</summary>
[TestClass]
public sealed class ProjectHouseTests
{
    private static string[] Projects => Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories);

    [TestMethod]
    public void AssemblyVersion_IsFrozen()
    {
        // Saved models name it: a model saved under a later version does not load under an earlier one.
        Assert.AreEqual(new Version(1, 0, 0, 0), typeof(Finding).Assembly.GetName().Version);
        Assert.AreEqual("1.0.0.0", XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("AssemblyVersion").Single().Value);
    }

    [TestMethod]
    public void TorchSharp_IsInNoRestoreGraphButTorchs()
    {
        var read = 0;
        // A sample that carries libtorch says so in its project.
        var others = Projects.Where(p => !Path.GetFileName(p).Contains("Torch", StringComparison.Ordinal) && !File.ReadAllText(p).Contains("<CarriesLibTorch>true", StringComparison.Ordinal));
        foreach (var project in others)
        {
            var assets = Path.Combine(Path.GetDirectoryName(project)!, "obj", "project.assets.json");
            if (!File.Exists(assets))
                continue;
            read++;
            using var graph = JsonDocument.Parse(File.ReadAllBytes(assets));
            var packages = graph.RootElement.GetProperty("libraries").EnumerateObject().Select(p => p.Name);
            Assert.IsFalse(packages.Any(p => p.StartsWith("TorchSharp", StringComparison.OrdinalIgnoreCase)), $"{Path.GetFileName(project)} restores TorchSharp.");
        }

        Assert.IsGreaterThanOrEqualTo(3, read, "The core, its tests and the zoo are restored when this runs.");
    }

    [TestMethod]
    public void Libtorch_IsBroughtByApplicationsAlone()
    {
        // A library that brought it would choose the CPU or the GPU for its users.
        var torch = XDocument.Load(Repository.PathOf("src", "MLNetDebug.Torch", "MLNetDebug.Torch.csproj")).Descendants("PackageReference").Select(p => p.Attribute("Include")!.Value);
        CollectionAssert.AreEqual(new[] { "TorchSharp" }, torch.Where(p => p.Contains("torch", StringComparison.OrdinalIgnoreCase)).ToArray());
        foreach (var project in Projects)
        {
            var isLibrary = project.StartsWith(Repository.PathOf("src"), StringComparison.Ordinal);
            Assert.IsFalse(isLibrary && File.ReadAllText(project).Contains("CarriesLibTorch", StringComparison.Ordinal), $"{Path.GetFileName(project)} carries libtorch.");
        }

        var carriers = Projects.Where(p => File.ReadAllText(p).Contains("<CarriesLibTorch>true", StringComparison.Ordinal)).Where(p => p.StartsWith(Repository.PathOf("tests"), StringComparison.Ordinal));
        Assert.AreEqual("MLNetDebug.Torch.Tests.csproj", Path.GetFileName(carriers.Single()), "Each test project that carries it costs 480 MB.");
    }

    [TestMethod]
    public void TorchSharp_IsVersionedByOneProperty()
    {
        var packages = XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion").Where(p => p.Attribute("Include")!.Value.StartsWith("TorchSharp", StringComparison.Ordinal)).ToArray();
        Assert.HasCount(4, packages);
        Assert.IsTrue(packages.All(p => p.Attribute("Version")!.Value == "$(TorchSharpVersion)"));
        var properties = XDocument.Load(Repository.PathOf("Directory.Build.props"));
        Assert.AreEqual("0.107.0", properties.Descendants("TorchSharpVersion").Single().Value);
        Assert.AreEqual("cpu", properties.Descendants("TorchBackend").Single().Value);
    }

    [TestMethod]
    public void Findings_ImportsNoOtherRoom()
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("src", "MLNetDebug", "Findings"), "*.cs"))
        {
            var text = File.ReadAllText(file);
            foreach (var room in new[] { "MLNetDebug.Data", "MLNetDebug.Pipeline", "MLNetDebug.Reports" })
                Assert.DoesNotContain("using " + room, text, $"{Path.GetFileName(file)} imports {room}.");
        }
    }

    [TestMethod]
    public void Packages_AreVersionedInOnePlace()
    {
        foreach (var project in Projects)
            Assert.IsFalse(XDocument.Load(project).Descendants("PackageReference").Any(p => p.Attribute("Version") is not null), $"{Path.GetFileName(project)} states a version.");
    }
}
