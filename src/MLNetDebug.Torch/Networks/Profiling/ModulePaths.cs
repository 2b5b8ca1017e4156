namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>Dotted paths of modules and parameters.</summary>
internal static class ModulePaths
{
    /// <summary>
    /// The longest path in front of a name that is a module's: libtorch's own modules within one have no managed face, so that a name may be several steps longer. Empty for the network itself.
    /// </summary>
    public static string HolderOf(string name, Func<string, bool> isModule)
    {
        for (var end = name.LastIndexOf('.'); end > 0; end = name.LastIndexOf('.', end - 1))
        {
            if (isModule(name[..end]))
                return name[..end];
        }

        return "";
    }
}
