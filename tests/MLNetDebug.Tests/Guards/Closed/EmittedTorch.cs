using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;

namespace MLNetDebug.Tests.Guards.Closed;

/// <summary>Assemblies made on the spot, with the names of the real packages: what no package that can be restored here does.</summary>
internal static class EmittedTorch
{
    /// <summary>A TorchSharp with these methods on <c>torch</c>, loaded apart from all others.</summary>
    public static Assembly Torch(string version, AssemblyLoadContext context, params string[] methods) => Load(context, "TorchSharp", version, module =>
    {
        var torch = module.DefineType("TorchSharp.torch", TypeAttributes.Public);
        foreach (var name in methods)
            torch.DefineMethod(name, MethodAttributes.Public | MethodAttributes.Static, typeof(void), []).GetILGenerator().Emit(OpCodes.Ret);
        torch.CreateType();
    });

    /// <summary>Trainers that call every method of a TorchSharp.</summary>
    public static Assembly Trainers(Assembly builtFor, AssemblyLoadContext context) => Load(context, "Microsoft.ML.TorchSharp", "0.23.1", module =>
    {
        var type = module.DefineType("Microsoft.ML.TorchSharp.Caller", TypeAttributes.Public);
        var il = type.DefineMethod("Call", MethodAttributes.Public | MethodAttributes.Static, typeof(void), []).GetILGenerator();
        foreach (var method in builtFor.GetType("TorchSharp.torch")!.GetMethods(BindingFlags.Public | BindingFlags.Static))
            il.Emit(OpCodes.Call, method);
        il.Emit(OpCodes.Ret);
        type.CreateType();
    });

    /// <summary>Trainers and TorchSharp in one file, whose native library does not load.</summary>
    public static Assembly Broken(string says) => Load(new AssemblyLoadContext("broken"), "Merged", "1.2.3", module =>
    {
        var torch = module.DefineType("TorchSharp.torch", TypeAttributes.Public);
        var cuda = torch.DefineNestedType("cuda", TypeAttributes.NestedPublic);
        var il = cuda.DefineMethod("is_available", MethodAttributes.Public | MethodAttributes.Static, typeof(bool), []).GetILGenerator();
        il.Emit(OpCodes.Ldstr, says);
        il.Emit(OpCodes.Newobj, typeof(DllNotFoundException).GetConstructor([typeof(string)])!);
        il.Emit(OpCodes.Throw);
        var tensor = torch.DefineNestedType("Tensor", TypeAttributes.NestedPublic, typeof(MemoryStream));
        var nn = torch.DefineNestedType("nn", TypeAttributes.NestedPublic);
        var generic = nn.DefineNestedType("Module`2", TypeAttributes.NestedPublic);
        generic.DefineGenericParameters("T", "TResult");
        foreach (var type in new[] { torch, cuda, tensor, nn, generic })
            type.CreateType();
    });

    private static Assembly Load(AssemblyLoadContext context, string name, string version, Action<ModuleBuilder> define)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name) { Version = new Version(version + ".0") }, typeof(object).Assembly);
        define(assembly.DefineDynamicModule(name));
        using var stream = new MemoryStream();
        assembly.Save(stream);
        stream.Position = 0;
        return context.LoadFromStream(stream);
    }
}
