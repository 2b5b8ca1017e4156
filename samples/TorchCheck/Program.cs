using MLNetDebug.Torch;
using TorchSharp;

// Before anything of torch is touched: where its native library does not load, TorchSharp itself gives a wrong reason.
var runtime = TorchRuntime.Check(args.Contains("--cuda") ? DeviceType.CUDA : DeviceType.CPU);
Console.WriteLine(runtime);
return runtime.IsUsable ? TorchCheck.OneStep.Run() : 1;
