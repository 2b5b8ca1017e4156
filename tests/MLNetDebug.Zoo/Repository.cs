namespace MLNetDebug.Zoo;

/// <summary>Finds the repository that tests and tables were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MLNetDebug.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No MLNetDebug.sln stands above {AppContext.BaseDirectory}.");
    }
}
