namespace MLNetDebug.Torch;

/// <summary>Why TorchSharp cannot be used here.</summary>
public enum TorchRuntimeCause
{
    /// <summary>It can.</summary>
    None,

    /// <summary>A native library is not there: the application references no package that brings libtorch for this system.</summary>
    MissingPackage,

    /// <summary>The system's C++ library is older than the native library asks for.</summary>
    GlibcxxTooOld,

    /// <summary>TorchSharp and libtorch are of versions that were not built for each other.</summary>
    VersionMismatch,

    /// <summary>The native library names functions that libtorch does not have.</summary>
    UnresolvedImports,

    /// <summary>CUDA was asked for, and there is none.</summary>
    CudaAbsent,

    /// <summary>The system's loader gave another reason: see <see cref="TorchRuntimeStatus.LoaderError"/>.</summary>
    LoaderError,
}
