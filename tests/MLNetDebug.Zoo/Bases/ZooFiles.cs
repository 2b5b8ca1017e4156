using System.Globalization;

namespace MLNetDebug.Zoo.Bases;

/// <summary>Finds and reads the files bases are made of.</summary>
internal static class ZooFiles
{
    /// <summary>A file that ships with the repository.</summary>
    public static string Shipped(string name) => Path.Combine(AppContext.BaseDirectory, "data", name);

    /// <summary>A file of the data folder that stands beside the repository on some machines; null where it does not.</summary>
    public static string? Shared(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", name);
            if (File.Exists(path))
                return path;
        }

        return null;
    }

    /// <summary>The rows of a file of numbers.</summary>
    public static float[][] Numbers(string path, int skipLines, char separator) =>
    [
        .. File.ReadLines(path).Skip(skipLines).Where(l => l.Length > 0)
            .Select(l => l.Split(separator).Select(c => float.Parse(c, CultureInfo.InvariantCulture)).ToArray()),
    ];
}
